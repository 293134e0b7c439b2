# الإطار ومسالك المنتج والكلمات المشتركة بين الشاشات.
product = Tamuda
product-tagline = معالجات رسومية في دقائق، بلا مفاجآت بعدها.
simulated = محاكاة
simulated-means = يعمل هذا التثبيت على عنقود محاكى. لا المعالجات حقيقية ولا المال.

skip-to-content = انتقل إلى المحتوى
nav-main = التصفح الرئيسي
nav-open = افتح قائمة التصفح
nav-side = التنقل والرصيد
nav-breadcrumb = مسار الصفحات
nav-overview = نظرة عامة
nav-build = الحوسبة
nav-launch = إطلاق
nav-instances = المثيلات
nav-money = المال
nav-usage = الاستهلاك
nav-wallet = المحفظة
nav-invoices = الفواتير
nav-organisation = المؤسسة
nav-members = الأعضاء
nav-projects = المشاريع
nav-tokens = رموز الواجهة البرمجية
nav-sessions = الجلسات
nav-hub = المركز
nav-hall = القاعة
nav-nodes = العقد والمعالجات
nav-waiting = قيد الانتظار
nav-letters = الرسائل
nav-people = الأشخاص
nav-tenants = الزبناء
nav-organisations = المؤسسات
nav-quotas = الحصص
nav-domains = النطاقات
nav-grants = المنح
nav-finance = المالية
nav-prices = الأسعار
nav-billing = الفوترة
nav-audit = سجل التدقيق
nav-sign-out = تسجيل الخروج
nav-sign-in = تسجيل الدخول
nav-api = واجهة البرمجة

switch-organisation = تغيير المؤسسة
staff-area = فريق المركز
language = اللغة
theme = المظهر
theme-system = كما في الجهاز
theme-light = فاتح
theme-dark = داكن
account = الحساب

save = حفظ
cancel = إلغاء
confirm = تأكيد
undo = تراجع
open = فتح
copy = نسخ
filter = تصفية
all = الكل
newer = الأحدث
older = الأقدم
more = المزيد
yes = نعم
no = لا
unknown = غير معروف
none = لا شيء
not-measurable = لا يمكن قياسه
updated = حُدِّث { $ago }
as-table = في جدول
table-region = جدول يُمرَّر جانبيًا
form-has-errors = { $n ->
    [zero] لا حقل يحتاج إلى مراجعة.
    [one] حقل واحد يحتاج إلى مراجعة.
    [two] حقلان يحتاجان إلى مراجعة.
    [few] { $n } حقول تحتاج إلى مراجعة.
    [many] { $n } حقلًا يحتاج إلى مراجعة.
   *[other] { $n } حقل يحتاج إلى مراجعة.
}
field-optional = اختياري
confirm-by-typing = اكتب { $name } للتأكيد
confirm-mismatch = ليس هذا هو الاسم. اكتب { $name } كما هو.
not-allowed = يلزم إذن { $permission }. يملكه: { $who }.
request-number = الطلب
list-and = ،{" "}
back-home = العودة إلى النظرة العامة
landing-title = معالج رسومي في متصفحك خلال دقائق
landing-words = اطّلع على السعر ووقت الانطلاق قبل أن تضغط الزر. ادفع ثمن الثواني التي يستجيب فيها المعالج، وافتح كل سطر من الفاتورة حتى تلك الثواني.
landing-enter = إلى مؤسستك
landing-docs = اطّلع على واجهة البرمجة
landing-catalogue = الشاغر الآن
landing-catalogue-means = من عقد العنقود نفسها في هذه الدقيقة. الأسعار دون الضريبة.
landing-currency = العملة
landing-promise-seconds = الفوترة بالثانية النافعة
landing-promise-seconds-means = الانتظار والجلب والإقلاع لا تكلف شيئًا. وخللٌ من جهتنا يُردّ ثمنه قبل أن تراسلنا.
landing-promise-ahead = معلوم قبلُ لا بعدُ
landing-promise-ahead-means = هل ينطلق الآن، وكم يكلف، وإلى متى يكفي مالك: كل ذلك بجوار الزر.
landing-promise-proof = كل سطر يُفتح
landing-promise-proof-means = من الفاتورة إلى نسخة السعر إلى الثواني. أعد الحساب بنفسك: النتيجة متطابقة.
done = تم
overview-beneath = ما يعمل، وما يكلفه، وما يحتاج إلى انتباهك.
overview-running = يعمل
overview-of = من { $n }
overview-waiting = { $n ->
    [zero] لا ينتظر أيٌّ منها
    [one] واحد ينتظر العنقود
    [two] اثنان ينتظران العنقود
    [few] { $n } تنتظر العنقود
    [many] { $n } تنتظر العنقود
   *[other] { $n } تنتظر العنقود
}
overview-spending = الإنفاق الآن
overview-spending-means = مع الضريبة، قبل ما تدفعه المنح
overview-period = هذه الفترة حتى الآن
overview-period-means = دون الضريبة، كما ستقوله الفاتورة الآن
first-steps = الخطوات الأولى
step-join = الانضمام إلى { $organisation }
step-join-means = أنت فيها بصفة { $role }.
step-credit = رصيد متوفر
step-credit-means = تحويل بنكي إلى المركز أو منحة منه. لا ينطلق شيء بدونه.
step-launch = إطلاق مثيل
step-launch-means = السعر ووقت الانطلاق بجوار الزر.
step-see = رؤية أولى الثواني في الفاتورة
step-see-means = تظهر بعد دقائق من استجابة المعالج.
attention-suspended = علّق المركز هذه المؤسسة
attention-suspended-means = لا ينطلق شيء جديد. راسل المركز؛ كل ما لديك محفوظ.
attention-low = يكفي المال { $about }
attention-low-means = عند الصفر تتوقف المثيلات وتُرفض الإطلاقات. اشحن قبل { $moment }.
attention-out = نفد المال
attention-out-means = لا يمكن أن ينطلق شيء. حوّل إلى المركز أو اطلب منه منحة.
money-ends = بقي مال يكفي { $about }
money-ends-means = بالمعدل الحالي ينفد في { $moment }. حينها يُوقف كل ما يعمل، ولا يبدأ شيء جديد. تُحفظ وحدات التخزين، ويضيع ما في الذاكرة أو على القرص الخاص بالحاوية.
see-wallet = افتح المحفظة
see-all = إظهار الكل

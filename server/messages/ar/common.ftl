# الإطار ومسالك المنتج والكلمات المشتركة بين الشاشات.
product = Tamuda
product-tagline = معالجات رسومية في دقائق، بلا مفاجآت بعدها.
simulated = محاكاة
simulated-means = يعمل هذا التثبيت على عنقود محاكى. لا المعالجات حقيقية ولا المال.

skip-to-content = انتقل إلى المحتوى
nav-main = التصفح الرئيسي
nav-open = افتح قائمة التصفح
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
nav-sessions = الجلسات
nav-hub = المركز
nav-hall = القاعة
nav-nodes = العقد والمعالجات
nav-waiting = قيد الانتظار
nav-tenants = الزبناء
nav-organisations = المؤسسات
nav-quotas = الحصص
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

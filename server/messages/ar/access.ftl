# الدخول والجلسات، ومن يحق له ماذا.
sign-in-title = تسجيل الدخول
sign-in-beneath = للوصول إلى معالجات مؤسستك.
email = البريد الإلكتروني
password = كلمة المرور
signed-out = سجّلتَ خروجك
signed-out-means = تبقى الأجهزة الأخرى متصلة إلى أن تنهي جلساتها.
signed-out-but = خرجت من هنا، ولم تخرج من { $provider }
signed-out-but-means = لا يجيب. اخرج هناك بنفسك إن كان غيرك يستعمل هذا الجهاز.
sign-out-there = الخروج من { $provider } أيضًا
sign-out-there-means = خرجت من هنا. ويسألك { $provider } بعدها هل تخرج هناك أيضًا.
sign-out-there-go = المتابعة إلى { $provider }
sessions-beneath = حيث سجّلت دخولك. تنتهي الجلسة بعد 12 ساعة دون استعمال، وبعد 7 أيام في كل الأحوال.
session-device = الجهاز
session-address = العنوان
session-opened = بدأت
session-seen = آخر استعمال
session-this = هذه الجلسة
session-end = إنهاء الجلسة
session-ended = انتهت الجلسة
sessions-end-others = إنهاء كل ما عداها
sessions-ended = انتهت كل الجلسات الأخرى
session-ended-means = على من كان يستعملها أن يسجل دخوله من جديد.
homeless = لا تنتمي بعد إلى أي مؤسسة
homeless-next = اطلب من مالك أو مدير دعوة العنوان { $email }، أو افتح مؤسسة لك.
forgotten-link = هل نسيت كلمة المرور؟
forgotten-title = كلمة مرور منسية
forgotten-beneath = نرسل إلى عنوانك رابطًا لتعيين كلمة جديدة.
forgotten-send = أرسل الرسالة
forgotten-sent = إن كان { $email } يسجّل الدخول هنا فالرسالة في الطريق
forgotten-sent-means = تعمل مرة واحدة خلال { $n ->
    [zero] { $n } دقيقة
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
}. لم يصل شيء؟ انظر في البريد غير المرغوب فيه أو اطلبها من جديد.
reset-title = تعيين كلمة مرور جديدة
reset-beneath = لعنوان { $email }. تنتهي كل الجلسات، وعلى هذا الجهاز أيضًا.
reset-spent = لم يعد هذا الرابط يعمل
reset-spent-means = يعمل مرة واحدة خلال { $n ->
    [zero] { $n } دقيقة
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
} من طلبه.
reset-again = اطلب رسالة أخرى
password-title = تغيير كلمة المرور
password-beneath = تنتهي الجلسات على كل الأجهزة الأخرى.
password-present = كلمة المرور الحالية
password-present-wrong = هذه ليست كلمة مرورك الحالية.
password-new = كلمة المرور الجديدة
password-rule = من 8 إلى 128 محرفًا. بضع كلمات متتالية يسهل حفظها ويصعب تخمينها.
password-set-it = عيّن كلمة المرور
password-set = عُيّنت كلمة المرور
password-set-means = سجّل الدخول بها.
password-changed = تغيّرت كلمة المرور
password-changed-means = أُنهيت الجلسات على كل الأجهزة الأخرى، وستخبرك بذلك رسالة.
prove-title = أهذا أنت؟
prove-beneath = كلمة مرورك مرة أخرى يا { $email }: ما يلي يحدد من يدخل. وتسري بعدها { $n } دقائق.
prove-it = متابعة
register-link = ليس لديك حساب بعد؟
register-title = إنشاء حساب
register-beneath = نرسل رابطًا إلى عنوانك يثبت أنه لك.
register-send = إرسال الرسالة
register-sent = رسالة في طريقها إلى { $email }
register-sent-means = يصلح رابطها مرة واحدة خلال { $n } ساعة. لم تصل؟ ابحث في البريد غير المرغوب أو اطلبها من جديد.
register-make-title = حسابك
register-make-beneath = للعنوان { $email }.
register-make = إنشاء الحساب
register-spent-means = يصلح مرة واحدة خلال { $n } ساعة من طلبه.
registered = أُنشئ حسابك
registered-means = افتح مؤسسة، أو اطلب من مؤسسة أن تدعوك.
provider-continue = المتابعة عبر { $provider }
provider-or = أو
provider-link-title = هذا الحساب غير مربوط بـ { $provider } بعد
provider-link-beneath = يدخل { $email } هنا من قبل. أظهر كلمة مروره مرة واحدة، وبعدها يكفي { $provider }.
provider-link = ربط وتسجيل الدخول
provider-linked = رُبط { $provider } بحسابك
provider-unproven = لا يضمن { $provider } أي عنوان لك
provider-unproven-means = أثبت عنوان بريدك هناك، أو أنشئ هنا حسابًا بعنوان وكلمة مرور.
provider-away = لا يجيب { $provider }
provider-away-means = ليس الخطأ منك. حاول بعد دقيقة أو ادخل بطريقة أخرى.
provider-refused = لم تدخل لدى { $provider }
provider-refused-means = قال: { $code }. حاول من جديد أو ادخل بطريقة أخرى.
provider-untrusted = لا يمكن الوثوق بجواب { $provider }
provider-untrusted-means = لم يحدث شيء. ابدأ من جديد، وإن تكرر فأخبر المركز.
provider-late = طال الأمر كثيرًا
provider-late-means = ابدأ من جديد؛ تسجيل الدخول قد يستغرق عشر دقائق.
permission = { $word ->
    [ReadOrganisation] رؤية المؤسسة
    [ReadMembers] رؤية الأعضاء
    [ReadInstances] رؤية المثيلات
    [LaunchInstances] إطلاق المثيلات
    [ChangeInstances] تشغيل المثيلات وإعادة تشغيلها وحذفها
    [ReadLogs] قراءة السجلات
    [StopInstances] إيقاف المثيلات
    [ReadUsage] رؤية الاستهلاك
    [ReadBalance] رؤية الرصيد
    [ReadInvoices] رؤية الفواتير
    [ManageMembers] إدارة الأعضاء
    [ManageOwners] تعيين المالكين وعزلهم
    [ManageDomain] تسمية النطاق الذي يدخل أهله من تلقاء أنفسهم
    [ManageProjects] إدارة المشاريع
    [ReadAudit] قراءة سجل التدقيق
    [GrantCredits] منح الأرصدة
    [SetPrices] تحديد الأسعار
    [CloseBilling] إقفال الفترات وإصدار الفواتير
    [SetQuotas] تحديد الحصص
    [ConfirmDomains] تأكيد نطاقات المؤسسات
    [ReadNodes] رؤية العقد
    [MaintainNodes] صيانة العقد
    [MaintainMail] رؤية الرسائل التي لم تُرسل وإعادة إرسالها
    [ViewAsMember] رؤية مؤسسة كما يراها عضو
    [ReadStaff] رؤية من له دور في المركز
    [AppointStaff] تعيين موظفي المركز
    [ReadInstallationAudit] قراءة سجل تدقيق المركز
   *[other] { $word }
}

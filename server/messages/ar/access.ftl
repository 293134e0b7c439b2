# الدخول والجلسات، ومن يحق له ماذا.
sign-in-title = تسجيل الدخول
sign-in-beneath = للوصول إلى معالجات مؤسستك.
email = البريد الإلكتروني
password = كلمة المرور
signed-out = سجّلتَ خروجك
signed-out-means = تبقى الأجهزة الأخرى متصلة إلى أن تنهي جلساتها.
sessions-beneath = حيث سجّلت دخولك. تنتهي الجلسة بعد 12 ساعة دون استعمال، وبعد 7 أيام في كل الأحوال.
session-device = الجهاز
session-address = العنوان
session-opened = بدأت
session-seen = آخر استعمال
session-this = هذه الجلسة
session-end = إنهاء الجلسة
session-ended = انتهت الجلسة
session-ended-means = على من كان يستعملها أن يسجل دخوله من جديد.
homeless = لا تنتمي بعد إلى أي مؤسسة
homeless-next = اطلب من مالك مؤسستك أو مديرها أن يدعو العنوان { $email }.
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
    [ManageProjects] إدارة المشاريع
    [ReadAudit] قراءة سجل التدقيق
    [GrantCredits] منح الأرصدة
    [SetPrices] تحديد الأسعار
    [CloseBilling] إقفال الفترات وإصدار الفواتير
    [SetQuotas] تحديد الحصص
    [ReadNodes] رؤية العقد
    [MaintainNodes] صيانة العقد
    [ReadInstallationAudit] قراءة سجل تدقيق المركز
   *[other] { $word }
}

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
prove-at = إثبات ذلك لدى { $provider }
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
provider-link-beneath = يدخل { $email } هنا من قبل. أثبت مرة واحدة أن الحساب لك، وبعدها يكفي { $provider }.
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
provider-proof-another = سجّل شخص آخر الدخول لدى { $provider }
provider-proof-another-means = سجّل الدخول هناك بالحساب المربوط بحسابك هنا.
provider-stale = لم يسألك { $provider } من جديد من أنت
provider-stale-means = لم يحدث شيء. أثبت ذلك بطريق آخر، أو عيّن كلمة مرور برسالة.
factors = عوامل الأمان الإضافية
factors-beneath = ما يطلبه الدخول فوق كلمة المرور، هنا وبعد الدخول عبر مزوّد آخر. فلا تكفي كلمة مرور مسروقة.
factor-set = مفعّل
factor-unset = غير مفعّل
factor-told = تصلك رسالة بذلك.
factor-title = إثبات آخر
factor-beneath = فعّل { $email } عامل أمان إضافيًا.
factor-code = الرمز
factor-code-hint = الأرقام الستة التي يعرضها تطبيق المصادقة الآن، أو أحد رموز الاسترداد.
factor-recovery-code = رمز استرداد
factor-recovery-code-hint = أحد الرموز التي احتفظت بها حين فعّلت عامل الأمان الإضافي.
factor-late = انتهت محاولة الدخول هذه
factor-late-means = تنتظر العامل الإضافي { $n ->
    [zero] { $n } دقيقة
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
}. ابدأ من جديد بكلمة المرور.
totp = تطبيق المصادقة
totp-means = تطبيق على هاتفك يعرض رمزًا جديدًا من ستة أرقام كل نصف دقيقة.
totp-set-means = يطلب الدخول الرمز الذي يعرضه تطبيقك. يعمل كل رمز مرة واحدة.
totp-begin = إعداد تطبيق
totp-another = الانتقال إلى جهاز آخر
totp-remove = إزالة التطبيق
totp-removed = أُزيل تطبيق المصادقة
totp-title = إعداد تطبيق المصادقة
totp-title-beneath = صوّر هذه الصورة بالتطبيق، ثم اكتب أول رمز يعرضه. تبقى الصورة صالحة { $n ->
    [zero] { $n } دقيقة
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
}.
totp-picture = مفتاح تطبيقك في صورة
totp-by-hand = لا توجد كاميرا؟ اكتب هذا المفتاح في التطبيق: حسب الوقت، ستة أرقام.
totp-seed = مفتاح تطبيقك
totp-first-code = أول رمز
totp-first-code-hint = ستة أرقام. إن لم يُقبل فتحقق من ساعة الهاتف.
totp-confirm = هذا هو
totp-done = أُعدّ تطبيق المصادقة
totp-done-means = من الآن يطلب الدخول رمزه. تصلك رسالة بذلك.
codes = رموز الاسترداد
codes-means = ليوم يضيع فيه الهاتف: يفتح كل رمز الباب مرة واحدة بدل العامل الإضافي.
codes-later = تأتي مع أول عامل تفعّله.
codes-make = إنشاء رموز جديدة
codes-left = { $n ->
    [zero] لم يبق أي رمز
    [one] بقي رمز واحد
    [two] بقي رمزان
    [few] بقيت { $n } رموز
    [many] بقي { $n } رمزًا
   *[other] بقي { $n } رمز
}
codes-none = ليست لديك رموز استرداد
codes-none-means = من دونها يمنعك جهاز ضائع من الدخول. أنشئ رموزًا جديدة واحتفظ بها.
codes-title = رموز الاسترداد الخاصة بك
codes-once = تعرضها هذه الصفحة مرة واحدة. الرموز السابقة لم تعد تعمل.
codes-keep = احتفظ بها مع أوراقك المهمة أو في مدير كلمات المرور، لا على الهاتف الذي يعرض رموزك.
codes-kept = احتفظت بها
passkeys = مفاتيح المرور
passkeys-means = يتعرّف عليك جهازك بالإصبع أو الوجه أو رمزه الخاص ثم يُدخلك: لا حاجة إلى كلمة مرور مع مفتاح المرور، ولا يستطيع أحد انتزاعه منك.
passkeys-nowhere = تُنشأ مفاتيح المرور لاسم عبر TLS؛ وليس لعنوان هذه البوابة اسم، فلا تنشئها المتصفحات هنا.
passkey-name = الاسم
passkey-name-hint = لتعرفه من جديد: «الهاتف»، «مفتاح السلسلة».
passkey-add = إضافة مفتاح مرور
passkey-added = أُضيف مفتاح المرور
passkey-added-at = أُضيف
passkey-used-at = آخر استعمال
passkey-remove = إزالة
passkey-removed = أُزيل مفتاح المرور
passkey-removed-means = تصلك رسالة بذلك. احذفه من جهازك أيضًا، وإلا بقي يعرضه.
passkey-without = تحتاج مفاتيح المرور إلى جافاسكربت وإلى متصفح يعرفها.
passkey-failed = لم يُوقَّع شيء: أُلغي الأمر أو طال الوقت أو ليس في هذا الجهاز مفتاح مناسب. حاول من جديد، أو اسلك طريقًا آخر.
passkey-sign-in = الدخول بمفتاح مرور
passkey-show = استعمال مفتاح مرور
identities = حسابات لدى مزوّدين
identities-means = تدخل بها إلى جانب كلمة المرور ومفاتيح المرور. لربط حساب آخر له العنوان نفسه سجّل الخروج واختره عند تسجيل الدخول.
identity-at = لدى
identity-linked-at = رُبط
identity-remove = إزالة
identity-removed = أُزيل الحساب لدى المزوّد
identity-removed-means = لم يعد يفتح شيئًا هنا، وانتهى ما فتحه على أجهزة أخرى. تصلك رسالة بذلك.
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
    [CloseOrganisation] إغلاق المؤسسة
    [ManageProjects] إدارة المشاريع
    [HoldTokens] حيازة رموز خاصة للواجهة البرمجية
    [ManageTokens] إدارة كل رموز الواجهة البرمجية
    [ChangeOrganisation] تغيير إعدادات المؤسسة
    [TopUpWallet] شحن المحفظة
    [LimitSpending] وضع حد لإنفاق المؤسسة
    [ContestLines] الاعتراض على أسطر الفواتير
    [ReadAudit] قراءة سجل التدقيق
    [GrantCredits] منح الأرصدة
    [SetPrices] تحديد الأسعار
    [CloseBilling] إقفال الفترات وإصدار الفواتير
    [IssueCreditNotes] إصدار الإشعارات الدائنة
    [RecordWithholdings] تسجيل ما يحجزه الزبائن
    [SignOff] التوقيع ثانيًا على ما تجاوز الحد
    [WriteOffDebts] شطب الديون
    [SetQuotas] تحديد الحصص
    [ConfirmDomains] تأكيد نطاقات المؤسسات
    [ReadNodes] رؤية العقد
    [MaintainNodes] صيانة العقد
    [MaintainMail] رؤية الرسائل التي لم تُرسل وإعادة إرسالها
    [ViewAsMember] رؤية مؤسسة كما يراها عضو
    [ReadStaff] رؤية من له دور في المركز
    [AppointStaff] تعيين موظفي المركز
    [ResetFactors] إزالة عوامل الأمان المفقودة
    [StopAccounts] إيقاف الحسابات وإعادة فتحها
    [ReadInstallationAudit] قراءة سجل تدقيق المركز
   *[other] { $word }
}
factors-reset-waits = المركز على وشك إزالة كل عوامل أمانك
factors-reset-waits-means = طلبه أحد مشغّليه، ويمكن لآخر أن يوافق حتى { $until }. عواملك معك ولم تطلب شيئًا؟ أوقفه.
factors-reset-stop = أوقفه
factors-reset-stopped = عوامل أمانك باقية
factors-reset-stopped-means = راسل المركز: صدّق أحد هناك أنه أنت.

# شاشات سجل التدقيق: ما جرى بالكلمات، والملف.
audit-beneath = كل تغيير في { $organisation }: من أجراه ومن أين، قبل وبعد.
audit-csv = تنزيل بصيغة CSV
audit-who-example = الاسم أو العنوان
nav-activity = نشاط حسابي
activity-beneath = تسجيلات الدخول والتأكيدات والتغييرات في حسابك، الأحدث أولًا. أما ما فعلته داخل مؤسسة فهو في سجل تدقيقها.
activity-empty = لا شيء بعد
activity-empty-means = يظهر هنا ما يحدث لحسابك من الآن فصاعدًا.
audit-did = { $word ->
    [account-opened] أُعيد فتح حساب
    [account-signed_out] أُنهيت كل جلسات حساب
    [account-stopped] أُوقف حساب
    [budget-removed] أُلغيت الميزانية
    [budget-set] حُدّدت الميزانية
    [domain-claimed] طُلب نطاق
    [domain-confirmed] أُكّد النطاق
    [domain-refused] رُفض النطاق
    [domain-removed] تُرك النطاق
    [dunning-ended] دُفع المتأخر
    [dunning-paused] عُلّقت خطوات دين
    [dunning-resumed] استمرت خطوات دين
    [dunning-step_taken] اتُّخذت خطوة دين
    [factor-code_used] استُعمل رمز استرجاع
    [factor-codes_made] أُنشئت رموز استرجاع جديدة
    [factor-passkey_added] أُضيف مفتاح مرور
    [factor-passkey_removed] أُزيل مفتاح مرور
    [factor-reset] أُزيلت عوامل مفقودة
    [factor-reset_asked] طُلبت إزالة عوامل مفقودة
    [factor-reset_stopped] أوقف صاحب الحساب إزالة عوامله
    [factor-reset_withdrawn] سُحب طلب إزالة عوامل مفقودة
    [factor-totp_removed] أُزيل تطبيق المصادقة
    [factor-totp_set] ضُبط تطبيق المصادقة
    [project-closed] أُغلق مشروع
    [project-made] أُنشئ مشروع
    [project-members_set] غُيّر أعضاء مشروع
    [project-opened] أُعيد فتح مشروع
    [project-renamed] غُيّر اسم مشروع
    [staff-appointed] مُنح دور لدى الطاقم
    [staff-proposed] اقتُرح دور لدى الطاقم
    [staff-revoked] سُحب دور لدى الطاقم
    [staff-withdrawn] سُحب اقتراح دور لدى الطاقم
    [token-made] أُنشئ رمز للواجهة البرمجية
    [token-revoked] أُلغي رمز للواجهة البرمجية
    [view-began] بدأ الطاقم النظر كعضو
    [view-ended] توقف الطاقم عن النظر كعضو
    [cluster-waived] تم التنازل عن وقت العنقود غير المؤكد
    [identity-linked] رُبط الحساب بمزوّد
    [identity-unlinked] فُكّ ربط الحساب بمزوّد
    [instance-delete_undone] أُلغي الحذف
    [instance-deleted] حُذف المثيل
    [instance-given_up] تم التخلي عن المثيل
    [instance-launched] أُطلق المثيل
    [instance-replaced] استُبدل المثيل
    [instance-restarted] أُعيد تشغيل المثيل
    [instance-started] شُغّل المثيل
    [instance-stopped] أُوقف المثيل
    [invitation-resent] أُعيد إرسال الدعوة
    [invitation-revoked] سُحبت الدعوة
    [invoice-finalised] أُنهيت الفاتورة
    [invoice-credited] صدر إشعار دائن على الفاتورة
    [invoice-withheld] سُجّل حجز في المنبع
    [invoice-withholding_undone] أُلغي تسجيل حجز
    [invoice-line_contested] اعتُرض على سطر فاتورة
    [invoice-contest_withdrawn] سُحب الاعتراض
    [invoice-contest_credited] انتهى الاعتراض بإشعار دائن
    [invoice-contest_refused] رُفض الاعتراض
    [invoice-all_asked] طُلب اعتماد كل المسودات
    [invoice-all_stopped] أُوقف اعتماد كل المسودات
    [invoice-looked_at] نُظر في أسباب مسودة
    [month-opened] فُتح إقفال شهر
    [month-closed] أُقفل شهر
    [letter-discarded] أُلغيت الرسالة
    [letter-retried] أُعيدت محاولة الرسالة
    [lot-granted] مُنحت المنحة
    [lot-undone] سُحبت المنحة
    [member-changed] تغيّر دور العضو
    [member-invited] دُعي شخص
    [member-joined] انضم عضو
    [member-left] غادر عضو
    [member-removed] أُزيل عضو
    [organisation-changed] تغيّرت إعدادات المؤسسة
    [organisation-closed] أُغلقت المؤسسة
    [organisation-ended] انتهت المؤسسة
    [organisation-founded] فُتحت المؤسسة
    [organisation-kept] أُبقي على المؤسسة
    [password-changed] تغيّرت كلمة المرور
    [password-reset] عُيّنت كلمة المرور عبر رسالة
    [auto_top_up-set] الموافقة على الشحن التلقائي
    [auto_top_up-ended] أُنهي الشحن التلقائي
    [auto_top_up-started] بدأ شحن تلقائي
    [auto_top_up-asked_person] شحن تلقائي ينتظر شخصًا
    [auto_top_up-declined] رُفض شحن تلقائي
    [auto_top_up-paused] توقف الشحن التلقائي مؤقتًا
    [card-asked] طُلب حفظ بطاقة
    [card-saved] حُفظت بطاقة
    [card-chosen] اختيرت البطاقة المعتادة
    [card-removed] أُزيلت بطاقة
    [payment-asked] طُلب شحن بالبطاقة
    [payment-finding_settled] فُحصت ملاحظة مدفوعات
    [payment-refund_asked] طُلب استرداد
    [payment-refunded] دُفع استرداد
    [payment-refund_failed] فشل استرداد أو أُلغي
    [period-closed] أُقفلت الفترة
    [person-address_changed] تغيّر العنوان
    [person-changed] تغيّر الاسم أو اللغة أو المنطقة الزمنية
    [person-closed] أُغلق الحساب
    [person-erased] مُحي الحساب
    [person-kept] أُبقي على الحساب
    [person-exported] أُخذت البيانات الشخصية
    [person-registered] أُنشئ الحساب
    [price-set] حُدّد السعر
    [price-withdrawn] سُحب السعر
    [question-answered] أُجيب عن السؤال
    [quota-set] حُدّدت الحصة
    [session-code_refused] رُفض تسجيل الدخول: رمز العامل الإضافي خاطئ
    [session-ended] تم تسجيل الخروج
    [session-opened] تم تسجيل الدخول
    [session-others_ended] تم تسجيل الخروج من كل مكان آخر
    [session-proof_failed] كلمة مرور خاطئة أثناء الجلسة
    [session-proved] أُكّدت كلمة المرور من جديد
    [session-refused] رُفض تسجيل الدخول: كلمة المرور خاطئة
    [tax_rule-set] حُدّدت قاعدة الضريبة
    [usage-overbilled] عطل عُلم به بعد الفوترة
    [volume-made] أُنشئت وحدة تخزين
    [volume-grown] كُبّرت وحدة تخزين
    [volume-deleted] حُذفت وحدة تخزين
    [volume-delete_undone] تُراجع عن حذف وحدة تخزين
    [volume-released] تُركت وحدة تخزين نهائيًا
    [volume-frozen] جُمّدت وحدة تخزين
    [volume-thawed] عادت وحدة تخزين مجمّدة
    [wallet-topped_up] أُودع مبلغ
    [bank-account_set] حُدد حساب بنكي للاستلام
    [bank-line_ignored] نُحّي سطر من كشف
    [bank-line_reopened] أُعيد فتح سطر من كشف
    [bank-statement_imported] استُورد كشف بنكي
    [transfer-announced] أُعلن عن تحويل
    [transfer-cancelled] أُلغي تحويل
    [wallet-statement_asked] طُلب كشف حساب
    [wallet-transfer_undone] استُرد تحويل
    [sign_off-asked] طُلب توقيع ثانٍ
    [sign_off-signed] وُقّع ثانيًا
    [sign_off-refused] رُفض التوقيع الثاني
    [sign_off-withdrawn] سُحب طلب التوقيع الثاني
    [sign_off-limit_set] حُدّد حد الشخص الواحد
    [sign_off-limit_asked] طُلب حد أوسع
    [sign_off-limit_agreed] ووفق على حد أوسع
    [sign_off-limit_withdrawn] سُحب طلب حد أوسع
    [wallet-written_off] شُطب دين
    [wallet-write_off_undone] استُرد شطب دين
   *[other] { $word }
}

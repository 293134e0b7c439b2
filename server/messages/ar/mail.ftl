# الرسائل، وقائمة ما لم يُرسل منها.
letter-greeting = مرحبًا { $name }،
letter-greeting-stranger = مرحبًا،
letter-reset-password = تعيين كلمة مرور جديدة
letter-reset-password-why = طلب أحدهم، ونظنه أنت، كلمة مرور جديدة لهذا العنوان.
letter-reset-password-until = يعمل الرابط أدناه مرة واحدة حتى { $until }. وتعيين كلمة مرور جديدة ينهي كل جلساتك.
letter-reset-password-way = تعيين كلمة مرور جديدة
letter-reset-password-beneath = لم تطلب ذلك؟ إذن لا حاجة إلى أي شيء: تبقى كلمة مرورك كما هي.
letter-invitation = الانضمام إلى { $organisation }
letter-invitation-why = يدعوك { $by } إلى { $organisation } بدور { $role }.
letter-invitation-until = يصلح الرابط أدناه مرة واحدة حتى { $until }.
letter-invitation-way = انضمام
letter-invitation-beneath = لا تعرف من يدعوك؟ فلا حاجة لفعل شيء: لا يحدث شيء من دونك.
letter-member-joined = انضم { $member } إلى { $organisation }
letter-member-joined-who = صار { $member } ({ $email }) عضوًا في { $organisation } بدور { $role }: دخل بعنوان على النطاق { $domain }.
letter-member-joined-means = لا تعرفه؟ أخرجه، ولن يعود بعدها إلا بدعوة.
letter-member-joined-way = عرض الأعضاء
letter-member-joined-beneath = وصلتك هذه الرسالة لأنك مالك { $organisation }.
letter-domain-answered = { $change ->
    [confirm] أُكّد { $domain } لـ { $organisation }
   *[refuse] لم يُؤكّد { $domain } لـ { $organisation }
}
letter-domain-answered-means = { $change ->
    [confirm] رأى المركز في خدمة الأسماء أن { $domain } لكم. من الآن فصاعدًا ينضم من تلقاء نفسه كل من دخل بعنوان مؤكد على هذا النطاق، بدور { $role }. ليس هذا ما تريدونه؟ تخلّوا عن النطاق في صفحة الأعضاء.
   *[refuse] لا ينضم أحد عبر { $domain } بدور { $role }. ضعوا السجل الذي تعرضه صفحة الأعضاء، ثم اطلبوا النطاق من جديد.
}
letter-domain-answered-reason = يقول المركز: { $reason }
letter-staff-changed = { $change ->
    [appointed] صار لـ { $member } دور { $role } في المركز
   *[other] لم يعد لـ { $member } دور { $role } في المركز
}
letter-staff-changed-who = { $change ->
    [appointed] منذ { $at } صار لـ { $member } ({ $email }) دور { $role } في المركز، ووافق على ذلك اثنان من أهله.
   *[other] منذ { $at } لم يعد لـ { $member } ({ $email }) دور { $role } في المركز.
}
letter-staff-changed-means = أهذا مفاجئ؟ أخبر مدقق المركز: يقول سجل التدقيق من فعل ذلك ولماذا.
letter-staff-changed-way = فتح قسم المركز
letter-staff-changed-beneath = وصلتك هذه الرسالة لأنها عنك أو لأن لك الدور نفسه.
letter-register = أنشئ حسابك
letter-register-why = شخص ما، نظنه أنت، يريد الدخول بهذا العنوان.
letter-register-until = يصلح الرابط أدناه مرة واحدة حتى { $until }.
letter-register-way = إنشاء الحساب
letter-register-beneath = لم تكن أنت؟ فلا حاجة لفعل شيء: لا يُنشأ حساب من دونك.
letter-already-registered = لديك حساب من قبل
letter-already-registered-why = شخص ما، نظنه أنت، طلب حسابًا بهذا العنوان. الحساب موجود.
letter-already-registered-means = سجّل الدخول به. وإن نسيت كلمة المرور فعيّن غيرها من الصفحة نفسها.
letter-already-registered-way = تسجيل الدخول
letter-new-device = تسجيل دخول من جهاز جديد
letter-new-device-when = في { $at } سجّل أحدهم الدخول إلى حسابك باستخدام { $device } من العنوان { $address }.
letter-new-device-means = هل كنت أنت؟ إذن لا حاجة إلى شيء. وإلا فأنهِ تلك الجلسة وغيّر كلمة مرورك.
letter-new-device-way = اعرض جلساتك
letter-identity-linked = طريق جديد إلى حسابك
letter-identity-linked-when = في { $at } رُبط حسابك بتسجيل الدخول لدى { $issuer } من { $address }.
letter-identity-unlinked = أُزيل طريق إلى حسابك
letter-identity-unlinked-when = في { $at } أُزيل تسجيل الدخول لدى { $issuer } من حسابك، من العنوان { $address }.
letter-password-changed = تغيّرت كلمة مرورك
letter-password-changed-when = تغيّرت كلمة مرورك في { $at } من العنوان { $address }.
letter-password-changed-means = أُنهيت الجلسات على كل الأجهزة الأخرى.
letter-password-changed-way = لم أكن أنا: تعيين كلمة مرور جديدة
letter-password-changed-beneath = وصلتك هذه الرسالة لأنها تخص أمان حسابك.
letter-budget-alert = بلغت ميزانية لدى { $organisation } مبلغ { $amount }
letter-budget-alert-of = { $of ->
    [organisation] أنفقت { $name } مبلغ { $amount } من أصل { $ceiling } يسمح بها حد إنفاقها هذا الشهر.
    [project] أنفق المشروع { $name } مبلغ { $amount } من أصل { $ceiling } في ميزانيته.
    [member] كلّف ما أطلقه { $name } مبلغ { $amount } من أصل { $ceiling } في ميزانيته.
   *[token] أنفق الرمز { $name } مبلغ { $amount } من أصل { $ceiling }.
}
letter-budget-alert-means = عند السقف لا يبدأ شيء جديد، ويُوقف ما يعمل. تُحفظ الأقراص.
letter-budget-reached = نفدت ميزانية لدى { $organisation }
letter-budget-reached-of = { $of ->
    [organisation] بلغت { $name } حد إنفاقها لهذا الشهر، { $ceiling }.
    [project] بلغ المشروع { $name } سقف ميزانيته، { $ceiling }.
    [member] بلغ ما أطلقه { $name } سقف ميزانيته، { $ceiling }.
   *[token] بلغ الرمز { $name } سقفه، { $ceiling }.
}
letter-budget-reached-means = { $stopped ->
    [zero] لم يُوقف أي مثيل.
    [one] أُوقف مثيل واحد. ارفع السقف لتشغيله من جديد.
    [two] أُوقف مثيلان. ارفع السقف لتشغيلهما من جديد.
    [few] أُوقفت { $stopped } مثيلات. ارفع السقف لتشغيلها من جديد.
    [many] أُوقف { $stopped } مثيلًا. ارفع السقف لتشغيلها من جديد.
   *[other] أُوقف { $stopped } مثيل. ارفع السقف لتشغيلها من جديد.
}
letter-budget-way = عرض الميزانيات
letter-budget-beneath = وصلتك هذه الرسالة لأنك تدير هذه الميزانية، أو لأنها تخصك.
letter-money-low = { $step ->
    [m10] بقي لدى { $organisation } مال لأقل من 10 دقائق
   *[m30] بقي لدى { $organisation } مال لأقل من 30 دقيقة
}
letter-money-low-when = بالمعدل الحالي ينفد مال { $organisation } في { $at }. حينها يُوقف كل ما يعمل، ولا يبدأ شيء جديد.
letter-money-low-means = اشحن المحفظة قبل ذلك، أو أوقف ما لا تحتاجه. تُحفظ وحدات التخزين، ويضيع ما في الذاكرة أو على القرص الخاص بالحاوية.
letter-money-out = نفد مال { $organisation }
letter-money-out-stopped = { $stopped ->
    [zero] في { $at } لم يُوقف أي مثيل. { $names }
    [one] في { $at } أُوقف مثيل واحد: { $names }.
    [two] في { $at } أُوقف مثيلان: { $names }.
    [few] في { $at } أُوقفت { $stopped } مثيلات: { $names }.
    [many] في { $at } أُوقف { $stopped } مثيلًا: { $names }.
   *[other] في { $at } أُوقف { $stopped } مثيل: { $names }.
}
letter-money-out-means = لم يعد يُحتسب ما كان يعمل. وتُحفظ وحدات التخزين مما خُصّص لها. اشحن المحفظة لتبدأ من جديد.
letter-lot-ending = { $step ->
    [lot_30] تنتهي المنحة { $lot } لدى { $organisation } بعد 30 يومًا
    [lot_7] تنتهي المنحة { $lot } لدى { $organisation } بعد 7 أيام
   *[lot_1] تنتهي المنحة { $lot } لدى { $organisation } خلال أقل من يوم
}
letter-lot-ending-when = في { $at } تنتهي المنحة { $lot }. المتبقي منها: { $left }.
letter-lot-ending-means = ما لم يُستعمل حتى ذلك الحين يضيع. وما يعمل بعدها تدفعه منح أخرى أو المحفظة.
letter-line-answered = { $change ->
    [credited] صدر إشعار دائن بالسطر { $line } من الفاتورة { $invoice }
   *[refused] يبقى السطر { $line } من الفاتورة { $invoice } كما فُوتر
}
letter-line-answered-what = { $change ->
    [credited] اعترضت { $organisation } على السطر { $line } من الفاتورة { $invoice }. أصدر المركز به الإشعار الدائن { $note } بمبلغ { $amount } مع الضريبة: عاد المال إلى من دفعه.
   *[refused] اعترضت { $organisation } على السطر { $line } من الفاتورة { $invoice }، بمبلغ { $amount } قبل الضريبة. نظر المركز فيه وأبقى السطر كما هو.
}
letter-line-answered-reason = يقول المركز: { $reason }
letter-line-answered-way = انظر الجواب
letter-auto-top-up-declined = رُفض الشحن التلقائي لمحفظة { $organisation }
letter-auto-top-up-declined-of = كان سيُقتطع { $amount } من البطاقة المنتهية بـ { $card } لمحفظة { $organisation }.
letter-auto-top-up-declined-means = { $paused ->
    [yes] رُفضت البطاقة مرتين متتاليتين، فتوقف الشحن التلقائي مؤقتًا. وافق من جديد، بهذه البطاقة أو بغيرها.
   *[no] يُعاد بعد ساعة إن بقي المال قليلًا. اشحن بنفسك، أو اختر بطاقة أخرى.
}
letter-auto-top-up-declined-way = افتح الشحن التلقائي
letter-auto-top-up-asks = مصرفك يطلبك: شحن محفظة { $organisation }
letter-auto-top-up-asks-of = سيُقتطع { $amount } من البطاقة المنتهية بـ { $card } لمحفظة { $organisation }، ويريد مصرفها التأكد من هويتك.
letter-auto-top-up-asks-means = لم يُقتطع شيء بعد. يستطيع صاحب البطاقة متابعة الدفع والرد على مصرفه.
letter-auto-top-up-asks-way = متابعة الدفع
letter-sign-off-waits = { $word ->
    [finalise] مطلوب توقيع ثانٍ: فاتورة { $organisation }
    [refund] مطلوب توقيع ثانٍ: استرداد إلى { $organisation }
    [write_off] مطلوب توقيع ثانٍ: شطب دين { $organisation }
   *[close] مطلوب توقيع ثانٍ: إقفال { $month }
}
letter-sign-off-waits-what = { $word ->
    [finalise] يريد { $by } إنهاء فاتورة { $organisation } بمبلغ { $amount }.
    [refund] يريد { $by } إعادة { $amount } إلى { $organisation }.
    [write_off] يريد { $by } شطب { $amount } مستحقة على { $organisation }.
   *[close] يريد { $by } إقفال الشهر { $month } الذي فُوتر فيه { $amount }.
}
letter-sign-off-waits-means = يتجاوز هذا ما يفعله شخص وحده. انظر فيه، ثم وقّع على هذا بعينه أو ارفضه مع ذكر السبب.
letter-sign-off-waits-way = انظر ما يُوقَّع
letter-sign-off-limit-waits = { $word ->
    [finalise] حد أوسع ينتظرك: الفواتير بعملة { $currency }
    [refund] حد أوسع ينتظرك: الاستردادات بعملة { $currency }
    [write_off] حد أوسع ينتظرك: شطب الديون بعملة { $currency }
   *[close] حد أوسع ينتظرك: إقفال الأشهر بعملة { $currency }
}
letter-sign-off-limit-waits-what = { $word ->
    [finalise] يطلب { $by } أن يحق لشخص وحده إنهاء الفواتير: { $wanted }. ويبقى الحد كما هو إلى أن يوافق شخص آخر من المالية: { $present }.
    [refund] يطلب { $by } أن يحق لشخص وحده إعادة المال: { $wanted }. ويبقى الحد كما هو إلى أن يوافق شخص آخر من المالية: { $present }.
    [write_off] يطلب { $by } أن يحق لشخص وحده شطب الديون: { $wanted }. ويبقى الحد كما هو إلى أن يوافق شخص آخر من المالية: { $present }.
   *[close] يطلب { $by } أن يحق لشخص وحده إقفال الأشهر: { $wanted }. ويبقى الحد كما هو إلى أن يوافق شخص آخر من المالية: { $present }.
}
letter-sign-off-limit-waits-means = ما تجاوز الحد يوقّعه شخصان. انظر هل ينبغي أن يقل ذلك، ثم وافق على هذا الحد بعينه أو اسحب الطلب.
letter-sign-off-limit-waits-way = انظر الحدود
letter-line-contested = تعترض { $organisation } على السطر { $line } من الفاتورة { $invoice }
letter-line-contested-what = تعترض { $organisation } على { $amount } قبل الضريبة من السطر { $line } من الفاتورة { $invoice }.
letter-line-contested-reason = تقول: { $reason }
letter-line-contested-way = أجب عنه
letter-hub-money-beneath = تصلك هذه الرسالة لأنك تتولى مال المركز.
letter-volumes-ending = { $step ->
    [frozen] جُمّدت وحدات تخزين لدى { $organisation }
    [d14] تُحذف وحدات تخزين لدى { $organisation } بعد 14 يومًا
    [d7] تُحذف وحدات تخزين لدى { $organisation } بعد 7 أيام
    [d1] تُحذف وحدات تخزين لدى { $organisation } خلال أقل من يوم
   *[gone] حُذفت وحدات تخزين لدى { $organisation }
}
letter-volumes-ending-when = { $step ->
    [gone] في { $at } حُذفت وحدات التخزين هذه نهائيًا: { $names }.
   *[other] في { $at } تُحذف وحدات التخزين هذه نهائيًا، ما لم يصل مال قبل ذلك: { $names }.
}
letter-volumes-ending-means = { $step ->
    [gone] لم يبق منها شيء، إذ لم يدفع أحد ثمنها بعد ثلاثة إشعارات.
   *[other] حتى ذلك الحين تُحفظ دون وصل ودون فوترة. اشحن المحفظة لتعود فورًا.
}
letter-money-beneath = وصلتك هذه الرسالة لأنك تعتني بمال { $organisation }.
letter-change-address = سجّل الدخول بهذا العنوان
letter-change-address-why = شخص ما، نظنه أنت، يريد الدخول إلى حسابه بهذا العنوان من الآن فصاعدًا.
letter-change-address-way = استعمال هذا العنوان
letter-change-address-beneath = لم تكن أنت؟ فلا حاجة لفعل شيء: لا يحدث شيء من دونك.
letter-address-changed = تغيّر عنوانك
letter-address-changed-when = في { $at } صار عنوان حسابك { $email }، وجرى التغيير من العنوان { $address }.
letter-address-changed-means = به تسجّل الدخول من الآن فصاعدًا. إن لم تكن أنت فاكتب إلى المركز فورًا: هو وحده يستطيع التراجع.
letter-account-closed = أُغلق حسابك
letter-account-closed-when = أغلقت حسابك. في { $until } يُمحى ما نحتفظ به عنك.
letter-account-closed-means = حتى ذلك الحين يمكنك الإبقاء عليه: سجّل الدخول وقل ذلك في صفحة إعداداتك.
letter-organisation-closed = { $change ->
    [closed] أُغلقت { $organisation }
    [kept] أُبقي على { $organisation }
   *[ended] انتهت { $organisation }
}
letter-organisation-closed-when = { $change ->
    [closed] أغلق أحد المالكين { $organisation }. لا ينطلق فيها شيء بعد الآن، وأُلغيت رموز واجهتها البرمجية. وتنتهي في { $until }.
    [kept] في { $until } تراجع أحد المالكين عن إغلاق { $organisation }. لم يُحذف شيء؛ وتبقى رموز واجهتها البرمجية ملغاة.
   *[ended] في { $until } انتهت { $organisation } كما طلب أحد مالكيها. لم يعد فيها أعضاء، وحُذف ما بقي من مثيلاتها ووحدات تخزينها.
}
letter-organisation-closed-means = { $change ->
    [closed] حتى ذلك الحين يمكن لكل مالك أن يُبقيها. لم يكن أحدًا منكم؟ أبقها، ثم انظر في سجل تدقيقها من كان.
    [kept] أنشئ رموزًا جديدة للبرامج التي تحتاجها.
   *[ended] ما استُعمل يُفوتر: ترسل مالية المركز آخر فاتورة وتردّ ما بقي من المال المدفوع مسبقًا. وتُحفظ الفواتير والدفاتر عشر سنوات.
}
letter-organisation-closed-way = { $change ->
    [closed] الإبقاء على المؤسسة
    [kept] فتح المؤسسة
   *[ended] فتح البوابة
}
letter-factor-changed = تغيير في طريقة دخولك
letter-factor-changed-when = في { $at }، من { $address }: { $change ->
    [totp-set] فُعّل تطبيق مصادقة عاملَ أمان إضافيًا.
    [totp-removed] أُزيل تطبيق المصادقة.
    [passkey-added] أُضيف مفتاح مرور.
    [passkey-removed] أُزيل مفتاح مرور.
    [codes-made] أُنشئت رموز استرداد جديدة، ولم تعد السابقة تعمل.
    [code-used] استُعمل رمز استرداد للدخول.
   *[other] ?{ $change }
}
letter-factor-changed-means = أكنت أنت؟ فلا شيء عليك. وإلا فعيّن كلمة مرور جديدة وانظر ما هو مفعّل.
letter-factor-changed-way = انظر ما هو مفعّل
letter-factors-reset = { $change ->
    [done] أُزيلت عوامل الأمان من حسابك
    [withdrawn] عوامل أمانك باقية
   *[asked] عوامل أمانك على وشك أن تُزال
}
letter-factors-reset-when = { $change ->
    [done] في { $until } أزال مشغّلان من المركز كل عوامل الأمان من حسابك: تطبيق المصادقة ومفاتيح المرور ورموز الاسترداد. وأُنهيت كل جلساتك.
    [withdrawn] في { $until } تراجع المركز عن إزالة عوامل أمانك. لم يتغير شيء.
   *[asked] طلب أحد مشغّلي المركز إزالة كل عوامل الأمان من حسابك: تطبيق المصادقة ومفاتيح المرور ورموز الاسترداد. ويمكن لآخر أن يوافق حتى { $until }.
}
letter-factors-reset-means = { $change ->
    [done] سجّل الدخول بكلمة مرورك وعيّن عامل أمان جديدًا. لم تكن أنت؟ عيّن كلمة مرور جديدة فورًا، وراسل المركز.
    [withdrawn] فقدتها مع ذلك؟ راسل المركز من جديد.
   *[asked] أخبرت المركز أنك فقدتها؟ فانتظر: تتبعها رسالة. لم تكن أنت؟ سجّل الدخول بعامل أمانك وأوقف الطلب، وراسل المركز.
}
letter-factors-reset-way = { $change ->
    [done] لم أكن أنا: تعيين كلمة مرور جديدة
    [withdrawn] انظر ما هو مفعّل
   *[asked] لم أكن أنا: أوقفه
}
letter-account-stopped = { $change ->
    [stopped] أُوقف حسابك
    [signed-out] أُنهيت كل جلساتك
   *[opened] أُعيد فتح حسابك
}
letter-account-stopped-when = { $change ->
    [stopped] في { $at } أوقف المركز حسابك لأنه قد يكون في يد غيرك. أُنهيت كل جلساتك، ولا يستطيع أحد الدخول، ولا تفتح رموزك للواجهة البرمجية شيئًا. وما لك محفوظ.
    [signed-out] في { $at } أنهى المركز كل جلسات حسابك. ولم يتغير شيء آخر.
   *[opened] في { $at } أعاد المركز فتح حسابك. تدخل كما كنت، وتفتح رموزك للواجهة البرمجية ما كانت تفتحه.
}
letter-account-stopped-means = { $change ->
    [stopped] عيّن الآن كلمة مرور جديدة، وراسل المركز: يتحقق من هويتك ويعيد فتح الحساب.
    [signed-out] ادخل من جديد. لا تعرف لماذا حدث ذلك؟ عيّن كلمة مرور جديدة، وانظر ما هو مفعّل.
   *[opened] عيّن كلمة مرور جديدة إن لم تفعل، ثم انظر إلى عوامل أمانك ورموزك: أزل ما لا تعرفه.
}
letter-account-stopped-way = تعيين كلمة مرور جديدة
letter-operators-told = { $change ->
    [stopped] أُوقف حساب { $member }
    [signed-out] أُنهيت كل جلسات { $member }
   *[opened] أُعيد فتح حساب { $member }
}
letter-operators-told-who = { $change ->
    [stopped] في { $at } أوقف { $by } حساب { $member } ({ $email }). السبب: { $reason }
    [signed-out] في { $at } أنهى { $by } كل جلسات { $member } ({ $email }).
   *[opened] في { $at } أعاد { $by } فتح حساب { $member } ({ $email }). السبب: { $reason }
}
letter-operators-told-means = أهذا مفاجئ؟ كلّمه وكلّم مدقق المركز: تحت الأشخاص يُعثر على حساب ويوقَف ويُعاد فتحه.
letter-operators-told-beneath = وصلتك هذه الرسالة لأنك من مشغّلي المركز.
letter-kind = { $word ->
    [account-stopped] أُوقف الحساب أو أُعيد فتحه أو أُنهيت جلساته
    [operators-told] إخبار المشغّلين عن حساب
    [factor-changed] تغيّرت عوامل الأمان
    [factors-reset] عوامل مفقودة أُزيلت أو على وشك
    [identity-linked] حساب رُبط بمزوّد
    [identity-unlinked] حساب فُكّ ربطه بمزوّد
    [register] طُلب حساب
    [already-registered] الحساب موجود
    [staff-changed] تغيّر دور في المركز
    [member-joined] انضم شخص عبر النطاق
    [domain-answered] نطاق أُكّد أو رُفض
    [invitation] دعوة
    [reset-password] طلب كلمة مرور جديدة
    [new-device] تسجيل دخول من جهاز جديد
    [password-changed] تغيير كلمة المرور
    [budget-alert] ميزانية قاربت سقفها
    [budget-reached] ميزانية بلغت سقفها
    [money-low] مال يوشك أن ينفد
    [money-out] مال نفد
    [auto-top-up-declined] رُفض شحن تلقائي
    [auto-top-up-asks] شحن تلقائي ينتظر شخصًا
    [lot-ending] منحة توشك أن تنتهي
    [line-contested] سطر معترض عليه
    [sign-off-waits] توقيع ثانٍ مطلوب
    [sign-off-limit-waits] طُلب حد أوسع للتوقيع
    [line-answered] جواب عن سطر معترض عليه
    [payment-overdue] دفع متأخر
    [refund-paid] مال عاد
    [refund-failed] مال لم يمكن أن يعود
    [volumes-ending] وحدات تخزين مجمّدة أو توشك أن تُحذف
    [change-address] طُلب عنوان آخر
    [account-closed] أُغلق الحساب
    [address-changed] تغيّر العنوان
    [organisation-closed] مؤسسة أُغلقت أو أُبقي عليها
   *[other] ?{ $word }
}
letter-state = { $word ->
    [waits] ستُعاد المحاولة
    [given-up] أُوقفت المحاولات
   *[other] ?{ $word }
}
letters-beneath = ما لم يُرسل من أول محاولة. لا يُعرض نص الرسالة لأنه قد يحمل سرًا.
letters-empty = أُرسلت كل الرسائل
letters-empty-means = الرسالة التي لا يقبلها خادم البريد تُعاد محاولتها ما دامت نافعة، وتظهر هنا حتى ذلك الحين.
letter-to = إلى
letter-state-of = الحالة
letter-failure = ما قاله خادم البريد
letter-attempts = { $n ->
    [zero] { $n } محاولة
    [one] محاولة واحدة
    [two] محاولتان
    [few] { $n } محاولات
    [many] { $n } محاولة
   *[other] { $n } محاولة
}
letter-written = كُتبت
letter-acts = ما يُفعل بها
letter-retry = حاول الآن
letter-retried = تُعاد محاولة الرسالة الآن
letter-discard = تخلّص منها
letter-discarded = جرى التخلص من الرسالة
mailbox-title = صندوق رسائل هذا التشغيل التجريبي
mailbox-beneath = لا يُرسل شيء هنا: تبقى الرسائل ليقرأها كل من يستطيع فتح هذه الصفحة.
mailbox-empty = لا رسائل بعد
mailbox-empty-means = اطلب كلمة مرور جديدة، فتظهر رسالتها هنا بعد ثانية.
mailbox-to = إلى

# كل رفض بجملته، وما العمل حين لا تكفي النصيحة العامة.
refusal-quota-exceeded = طلبت { $asked } من { $flavour }، والباقي من حصتك { $left } من أصل { $quota }.
refusal-insufficient-credit = يتطلب الانطلاق حجز { $needed }، والمتاح { $available }.
refusal-budget-exceeded = { $of ->
    [organisation] بقي في حد إنفاق { $name } لهذا الشهر { $left }، والمطلوب حجزه { $needed }.
    [project] بقي في ميزانية المشروع { $name } مبلغ { $left }، والمطلوب حجزه { $needed }.
    [member] بقي في ميزانية { $name } مبلغ { $left }، والمطلوب حجزه { $needed }.
   *[other] يمكن للرمز { $name } أن ينفق بعد { $left }، والمطلوب حجزه { $needed }.
}
refusal-budget-exceeded-next = { $of ->
    [organisation] اطلب من مالك أو مدير أو مسؤول الفوترة رفعه في المحفظة، أو اختر ما هو أصغر.
    [token] أنشئ رمزًا بسقف أعلى، أو اختر ما هو أصغر.
   *[other] اطلب رفع سقفه، أو اختر ما هو أصغر.
}
refusal-budget-of-organisation = هذا حد إنفاق المؤسسة.
refusal-budget-of-organisation-next = غيّره في المحفظة، أو في العنوان spending-limit.
refusal-budget-of-token = يدوم سقف الرمز ما دام الرمز.
refusal-budget-of-token-next = ألغِ الرمز وأنشئ واحدًا بسقف آخر.
refusal-invalid-above-ceiling = لا يمكن أن يتجاوز السقف.
refusal-token-lacks = لم يُمنح هذا الرمز الصلاحية { $permission }.
refusal-token-lacks-next = أنشئ رمزًا يملكها، في حدود دورك.
refusal-token-reach = لا يصل هذا الرمز إلى { $field ->
    [project] هذا المشروع
    [storage] التخزين
   *[flavour] معالج الرسوميات هذا
}.
refusal-token-reach-next = استعمل رمزًا يصل إليه، أو أنشئ واحدًا.
refusal-token-units = يمكن لهذا الرمز تشغيل { $most } من الوحدات في وقت واحد.
refusal-token-units-next = أوقف شيئًا أطلقه، أو أنشئ رمزًا يسمح بأكثر.
refusal-token-no-person = يفتح الرمز ما يخص مؤسسة واحدة، ولا شيء هنا.
refusal-token-no-person-next = سجّل الدخول وتعال بملف تعريف الجلسة.
refusal-token-made-before = أُنشئ هذا الرمز من قبل، وعُرض سره حينها.
refusal-token-made-before-next = ألغه إن لم تحتفظ بالسر، وأنشئ غيره.
refusal-tokens-many = هناك خمسمئة رمز من قبل.
refusal-tokens-many-next = ألغِ ما لا يستعمله أحد.
refusal-projects-many = هناك مئتا مشروع من قبل.
refusal-projects-many-next = استعمل واحدًا منها؛ ويمكن إعادة فتح مشروع مغلق باسم آخر.
refusal-project-closed = هذا المشروع لبعض الأعضاء فقط.
refusal-project-closed-next = اختر غيره، أو اطلب من مالك أو مدير أن يضيفك.
refusal-project-ended = هذا المشروع مغلق: لا يبدأ فيه شيء بعد الآن.
refusal-project-ended-next = اختر مشروعًا آخر، أو اطلب من مالك أو مدير أن يعيد فتحه.
refusal-project-holds = { $n ->
    [zero] لا مثيل ولا وحدة تخزين غير محذوفة في هذا المشروع: { $names }.
    [one] مثيل واحد أو وحدة تخزين من هذا المشروع غير محذوف: { $names }.
    [two] مثيلان أو وحدتا تخزين من هذا المشروع غير محذوفين: { $names }.
    [few] { $n } من المثيلات ووحدات التخزين في هذا المشروع غير محذوفة: { $names }.
    [many] { $n } من المثيلات ووحدات التخزين في هذا المشروع غير محذوفة: { $names }.
   *[other] { $n } من المثيلات ووحدات التخزين في هذا المشروع غير محذوفة: { $names }.
}
refusal-project-holds-next = احذفها، ثم أغلق المشروع.
refusal-project-last = هذا هو المشروع المفتوح الوحيد، والإطلاق يحتاج إلى مشروع.
refusal-project-last-next = أنشئ مشروعًا آخر أو أعد فتح مشروع مغلق، ثم أغلق هذا.
refusal-staff-factor = عملك لدى المركز ينتظر أن يكون لك عامل ثانٍ.
refusal-staff-factor-next = أضف واحدًا في العوامل الثانية ثم عُد.
refusal-prove-first = يتطلب هذا أن تكون قد أثبتّ هويتك خلال عشر دقائق.
refusal-prove-first-next = سجّل الدخول من جديد ثم حاول مرة أخرى.
refusal-no-rehearsal = لا يمكن تجريب هذا دون تنفيذ.
refusal-no-rehearsal-next = أرسله بلا dry_run.
refusal-not-for-sale = لا سعر حاليًا لـ { $flavour }.
refusal-name-taken = مثيل آخر أو وحدة تخزين أخرى بهذا الاسم: { $name }.
refusal-invalid-length = المطلوب من { $min } إلى { $max } من الأحرف.
refusal-invalid-range = المطلوب عدد صحيح من { $min } إلى { $max }.
refusal-invalid-amount = المطلوب مبلغ أكبر من الصفر، يُكتب مثل 1250.50.
refusal-invalid-within = المطلوب مبلغ من { $least } إلى { $most }.
refusal-invalid-currency = يجب أن يكون بعملة المؤسسة.
refusal-invalid-unknown = لا شيء هنا بهذا الاسم.
refusal-invalid-slug = أحرف لاتينية صغيرة وأرقام وشرطات مفردة فقط، تبدأ وتنتهي بحرف أو رقم.
refusal-invalid-required = لا يمكن ترك هذا الحقل فارغًا.
refusal-invalid-past = يجب أن يكون في المستقبل.
refusal-invalid-order = يجب أن يأتي بعد الذي قبله.
refusal-invalid-form = ليس بالشكل المطلوب هنا.
refusal-invalid-breached = كلمة المرور هذه في قوائم الكلمات المسروقة التي تُجرَّب أولًا.
refusal-invalid-breached-next = اختر كلمة لا توجد في مكان آخر، مثل بضع كلمات متتالية.
refusal-invalid-own-words = كلمة مرور من كلمات المنتج نفسه تُجرَّب أولًا.
refusal-invalid-own-words-next = اختر كلمة فيها أكثر من ذلك، مثل بضع كلمات متتالية.
refusal-price-overlaps = يسري سعر آخر في تلك المدة.
refusal-price-began = هذا السعر سارٍ بالفعل ولا يمكن تغييره.
refusal-price-began-next = حدد سعرًا جديدًا يبدأ لاحقًا.
refusal-tax-rule-overlaps = تسري قاعدة ضريبية أخرى في تلك المدة.
refusal-no-tax-rule = لا قاعدة ضريبية سارية لبلد هذه المؤسسة.
refusal-no-tax-rule-next = على مالية المركز تحديد قاعدة قبل أن ينطلق أي شيء.
refusal-period-exists = هذه الفترة موجودة بالفعل.
refusal-period-closed = أُقفلت هذه الفترة بالفعل.
refusal-period-runs = ما زالت هذه الفترة جارية.
refusal-period-not-settled = لم تُعرف وتُسوَّ بعدُ كل الثواني السابقة لنهاية الفترة.
refusal-period-not-settled-next = تتم التسوية تلقائيًا حالما تجيب العناقيد. حاول بعد دقائق.
refusal-usage-without-price = استُخدمت قبل نهاية الفترة ثوانٍ لا سعر لها أو لا قاعدة ضريبية.
refusal-usage-without-price-next = أعد سعر ذلك الوقت أو قاعدته الضريبية: تُسوّى عندئذ ويمكن إقفال الفترة.
refusal-cluster-not-confirmed = { $cluster } معروف حتى { $known_through }، والفترة تحتاجه حتى { $needed }.
refusal-cluster-not-confirmed-next = انتظره، أو تنازل عن ثوانيه غير المؤكدة مع ذكر السبب.
refusal-cluster-not-waited-for = هذا الإقفال لا ينتظر ذلك العنقود.
refusal-finalised = هذه الفاتورة نهائية ولا تتغير.
refusal-earlier-draft-waits = يجب إصدار مسودة فترة سابقة أولًا.
refusal-draft-has-no-credit = المسودة ما زالت تتغير من تلقاء نفسها: لا تُصحَّح بإشعار دائن إلا فاتورة نهائية.
refusal-nothing-left-to-credit = صدرت إشعارات دائنة بكل هذا من قبل.
refusal-nothing-left-to-credit-next = انظر الإشعارات الدائنة أسفل الفاتورة.
refusal-credit-exceeds = بقي من السطر { $line } مبلغ { $left } قابل للإرجاع، وطُلب { $asked }.
refusal-credit-exceeds-next = أرجع على الأكثر ما بقي من السطر.
refusal-draft-withholds-nothing = المسودة ما زالت تتغير من تلقاء نفسها: لا يُحجز إلا من فاتورة نهائية.
refusal-invalid-certificate-day = لا تسبق الشهادة فاتورتها، ولا تكون بتاريخ قادم.
refusal-withholding-exceeds = يمكن بعد تسجيل { $most } على الأكثر كمحجوز؛ وهذا { $asked }.
refusal-withholding-exceeds-next = سجّل على الأكثر المستحق وما تسمح به القاعدة الضريبية، أو أصدر إشعارًا دائنًا.
refusal-certificate-known = سُجّلت هذه الشهادة لهذه الفاتورة من قبل.
refusal-certificate-known-next = انظر ما حُجز، وألغِه إن كان خطأً.
refusal-withholding-undone = أُلغي هذا من قبل.
refusal-withholding-undone-next = سجّل الشهادة من جديد إن كانت محسوبة بعد كل شيء.
refusal-draft-not-contested = المسودة ما زالت تتغير من تلقاء نفسها: لا يُعترض إلا على سطر في فاتورة نهائية.
refusal-draft-not-contested-next = راسل المركز، أو انتظر حتى تصير الفاتورة نهائية.
refusal-contest-too-late = انقضت مهلة الاعتراض على أسطر هذه الفاتورة.
refusal-contest-too-late-next = راسل المركز: ما زال بإمكانه تصحيح الفاتورة من تلقاء نفسه.
refusal-nothing-to-contest = لم يُحتسب شيء في هذا السطر.
refusal-nothing-to-contest-next = اختر سطرًا فيه مبلغ.
refusal-line-contested = على هذا السطر اعتراض قائم.
refusal-line-contested-next = انتظر جواب المركز، أو اسحب الاعتراض واعترض من جديد.
refusal-contested-often = اعتُرض على هذا السطر خمس مرات.
refusal-contested-often-next = راسل المركز بشأنه.
refusal-contest-written-off = تنازل المركز عن جزء من هذه الفاتورة، فلا يمكن رده.
refusal-contest-written-off-next = اعترض على مبلغ أقل، أو راسل المركز بشأنه.
refusal-dispute-answered = صدر الجواب عن هذا أو سُحب الاعتراض.
refusal-dispute-answered-next = افتحه وانظر ما آل إليه.
refusal-sign-off-needed = { $amount } فوق { $limit } المتاح لشخص وحده.
refusal-sign-off-needed-next = اطلب توقيعًا ثانيًا على هذا بعينه، ثم أعد المحاولة بعد التوقيع.
refusal-sign-off-not-needed = هذا لا يتجاوز الحد: يكفي شخص واحد.
refusal-sign-off-not-needed-next = أنجزه من غير توقيع ثانٍ.
refusal-sign-off-own = يوقّع شخص ثانٍ أو يرفض، لا من طلب.
refusal-sign-off-own-next = اطلب من شخص آخر من المالية، ويمكنك سحب الطلب.
refusal-sign-off-not-yours = لا يسحب الطلب إلا من طلبه.
refusal-sign-off-not-yours-next = ارفضه مع ذكر السبب بدلًا من ذلك.
refusal-sign-off-decided = سبق البتّ في هذا التوقيع.
refusal-sign-off-decided-next = أعد تحميل الصفحة لترى كيف.
refusal-sign-off-asked-already = سبق طلب توقيع ثانٍ على هذا بعينه.
refusal-sign-off-asked-already-next = انظره تحت «توقيعان».
refusal-sign-off-limit-same = الحد هو ذاك من قبل.
refusal-sign-off-limit-same-next = لا شيء يلزم.
refusal-nothing-owed = لا شيء مستحق من هذا.
refusal-nothing-owed-next = انظر المستحق تحت «الديون المشطوبة»؛ وما لا يظهر بعد على فاتورة صادرة لا يُشطب.
refusal-draft-is-not-owed = المسودة ليست مستحقة بعد.
refusal-draft-is-not-owed-next = أنهِها أولًا.
refusal-write-off-undone = سبق استرداد هذا الشطب.
refusal-write-off-undone-next = أعد تحميل الصفحة.
refusal-undo-write-off-first = شُطب جزء من هذا ولم يدفعه أحد.
refusal-undo-write-off-first-next = استرد الشطب أولًا، أو أرجع أقل.
refusal-draft-has-no-replay = تُحسب المسودة من جديد كل مرة، فلا شيء تُقارن به.
refusal-slug-taken = هذه الكلمة مستعملة.
refusal-not-covered = الرصيد لا يغطي ذلك.
refusal-lot-used-up = لم يبق شيء من هذه المنحة.
refusal-booked-before = قُيّد تحويل بهذا المرجع من قبل.
refusal-top-ups-many = عشرون شحنًا قيد الانتظار بالفعل.
refusal-top-ups-many-next = ادفع واحدًا منها، أو انتظر حتى تنتهي.
refusal-no-card = هذا المركز لا يقبل البطاقات.
refusal-no-card-next = اشحن بتحويل بنكي، والمحفظة تبيّن كيف.
refusal-card-not-kept = هذه البطاقة غير محفوظة.
refusal-card-not-kept-next = انظر إلى البطاقات المحفوظة مرة أخرى، أو احفظ واحدة.
refusal-cards-many = هناك عشر بطاقات محفوظة أو منتظرة.
refusal-cards-many-next = أزل واحدة منها أولًا.
refusal-finding-settled = فُحص هذا من قبل.
refusal-finding-settled-next = انظر إلى القائمة مجددًا.
refusal-flavour-is-nowhere = لم يعد هذا المعالج في أي عنقود.
refusal-instance-deleted = هذا المثيل محذوف.
refusal-volume-in-use = يصل مثيلٌ وحدة التخزين هذه.
refusal-volume-in-use-next = أوقف ذلك المثيل ثم أعد المحاولة.
refusal-volume-frozen = لا أحد يدفع ثمن هذه الوحدة، فهي مجمّدة.
refusal-volume-frozen-next = اشحن المحفظة لتعود فورًا.
refusal-volume-lost = اختفى تخزين هذه الوحدة من العنقود.
refusal-volume-lost-next = اسأل المشغّل؛ لا يُحتسب منها شيء.
refusal-volume-deleted = وحدة التخزين هذه محذوفة.
refusal-volume-deleted-next = تراجع عن حذفها في صفحتها، أو اختر غيرها.
refusal-volume-elsewhere = وحدة التخزين هذه في عنقود غير عنقود المعالج.
refusal-volume-elsewhere-next = اختر وحدة من العنقود نفسه، أو أطلق دونها.
refusal-volume-of-another-project = وحدة التخزين هذه من مشروع آخر.
refusal-volume-of-another-project-next = أطلق في مشروعها، أو اختر وحدة أخرى.
refusal-volume-is-nowhere = لا عنقود بعدُ يحفظ وحدات التخزين.
refusal-volume-is-nowhere-next = اطلب من المشغّل تسجيل واحد.
refusal-undo-too-late = انقضت مهلة التراجع.
refusal-undo-too-late-next = أطلق مثيلًا جديدًا؛ إعداداته في صفحة القديم.
refusal-organisation-suspended = علّق المركز هذه المؤسسة: لا ينطلق شيء جديد.
refusal-organisation-suspended-next = راسل المركز؛ كل ما لديك محفوظ.
refusal-organisation-closed = أُغلقت هذه المؤسسة: لا يبدأ فيها شيء بعد الآن.
refusal-organisation-closed-next = ما دامت لم تنته، يمكن لمالك أن يُبقيها من صفحة إعداداتها.
refusal-organisation-runs = لا يزال شيء يعمل في هذه المؤسسة.
refusal-organisation-runs-next = أوقف ما يعمل أو احذفه، ثم أغلقها.
refusal-question-answered = أجاب أحدهم عن هذا السؤال.
refusal-too-many-attempts = محاولات كثيرة: المحاولة التالية بعد { $seconds } ثانية.
refusal-too-many-attempts-next = انتظر هذه المدة ثم حاول مرة واحدة.
refusal-foreign-origin = أُرسل هذا من موقع آخر.
refusal-foreign-origin-next = افتح الصفحة هنا وأرسل منها.
refusal-too-slow = طال هذا أكثر مما نسمح بالانتظار.
refusal-letter-expired = لم يعد أحد يستطيع استعمال هذه الرسالة.
refusal-letter-expired-next = تخلّص منها، ومن ينتظرها يطلب غيرها.
refusal-invalid-email = هذا ليس عنوانًا تُرسل إليه رسالة.
refusal-invalid-email-next = اكتبه هكذا name@example.org، عنوان واحد فقط.
refusal-member-already = صاحب هذا العنوان عضو من قبل.
refusal-member-already-next = غيّر دوره في صفحته إن احتاج إلى دور آخر.
refusal-invited-already = هذا العنوان مدعو من قبل.
refusal-invited-already-next = أرسل تلك الدعوة من جديد أو اسحبها أولًا.
refusal-invitations-many = مئة دعوة بلا جواب ومئتان في اليوم هي الحد الأقصى.
refusal-invitations-many-next = اسحب ما لن يجيب عنه أحد.
refusal-invitation-just-sent = كُتبت رسالتها قبل أقل من دقيقة.
refusal-invitation-just-sent-next = انتظر دقيقة ثم أرسلها من جديد.
refusal-last-owner = لا بد للمؤسسة من مالك، وهذا آخرهم.
refusal-last-owner-next = اجعل عضوًا آخر مالكًا أولًا.
refusal-owner-already = أنت المالك من قبل.
refusal-owner-already-next = اختر عضوًا آخر تنقل إليه.
refusal-organisations-many = تملك خمس مؤسسات من قبل، وهو الحد الأقصى.
refusal-organisations-many-next = انقل ملكية إحداها، أو اطلب من المركز فتح أخرى.
refusal-invalid-character = فيه رمز لا يمكن أن يكون في نص.
refusal-invalid-character-next = اكتبه من جديد بدل لصقه.
refusal-invitation-letters-many = عشر رسائل هي الحد الأقصى لدعوة واحدة.
refusal-invitation-letters-many-next = اسحبها وادع عنوانًا آخر.
refusal-address-same = أنت تسجّل الدخول بهذا العنوان بالفعل.
refusal-address-same-next = اكتب العنوان الذي تريده بدلًا منه.
refusal-account-is-member = ما زلت تنتمي إلى مؤسسة.
refusal-account-is-member-next = غادرها أولًا من صفحة أعضائها؛ ومالكها الأخير يسلّمها قبل ذلك.
refusal-account-is-staff = ما زلت من طاقم المركز.
refusal-account-is-staff-next = اطلب من المركز أولًا إنهاء دورك.
refusal-secrets-without-key = لا يملك هذا التثبيت مفتاحًا لختم الأسرار، فلا يمكن إضافة تطبيق مصادقة.
refusal-secrets-without-key-next = يذكر المشغّل ملف مفاتيح في TAMUDA_SECRET_KEYS؛ أما مفتاح المرور فلا يحتاج إليه.
refusal-codes-without-factor = لا يوجد عامل أمان إضافي تحل الرموز محله.
refusal-codes-without-factor-next = فعّل عاملًا أولًا، فتأتي الرموز معه.
refusal-passkey-known = مفتاح المرور هذا معروف هنا من قبل.
refusal-passkey-known-next = أنشئ مفتاحًا آخر، أو ادخل به.
refusal-passkeys-many = لديك عشرون مفتاح مرور، ولا نحفظ أكثر.
refusal-passkeys-many-next = أزل أولًا ما لم تعد تستعمله.
refusal-last-way-in = هذا هو الطريق الوحيد إلى حسابك.
refusal-last-way-in-next = عيّن أولًا كلمة مرور برسالة، أو أضف مفتاح مرور.
refusal-invalid-domain = لا يمكن أن يكون عنوان على هذا النطاق.
refusal-invalid-domain-next = اكتب ما بعد @ مثل atlas.example.
refusal-invalid-public-domain = يمكن لأي شخص أن يملك عنوانًا هناك، فيدخل الغرباء.
refusal-invalid-public-domain-next = سمِّ نطاقًا تملكه مؤسستك، أو ادعُ الأشخاص واحدًا واحدًا.
refusal-domain-there = لمؤسستك نطاق بالفعل أو طلبت واحدًا.
refusal-domain-there-next = اسحب ذاك أولًا.
refusal-domain-taken = هذا النطاق لمؤسسة أخرى.
refusal-domain-taken-next = اسأل مالكيها هل هو لهم؛ على إحداهما أن تسحبه.
refusal-domain-confirmed = هذا النطاق مؤكد بالفعل.
refusal-staff-already = له هذا الدور بالفعل.
refusal-staff-proposed-already = هو مقترح لهذا الدور بالفعل.
refusal-staff-proposed-already-next = يمكن لمشغّل آخر أن يوافق تحت الأشخاص، أو يسحبه أحد.
refusal-staff-second-person = لا بد أن يوافق شخص ثانٍ: لا من اقترح ولا من اقتُرح.
refusal-staff-second-person-next = اطلب من مشغّل آخر.
refusal-reset-own = لا يطلب أحد هذا لنفسه.
refusal-reset-own-next = اطلب من مشغّل آخر أن يتحقق من هويتك ويطلبه لك.
refusal-reset-nothing = ليس لديه أي عامل أمان إضافي.
refusal-reset-nothing-next = يدخل بكلمة مروره؛ وإن نسيها عيّن أخرى عبر رسالة.
refusal-reset-asked-already = هذا مطلوب بالفعل.
refusal-reset-asked-already-next = يمكن لمشغّل آخر أن يوافق تحت الأشخاص، أو يسحبه أحد.
refusal-account-stopped = أوقف المركز هذا الحساب.
refusal-account-stopped-next = لا يدخل به أحد حتى يعيد المركز فتحه. راسل المركز، أو أجب عن الرسالة التي أخبرتك.
refusal-account-stopped-already = هذا الحساب موقوف بالفعل.
refusal-account-stopped-already-next = تقول صفحته منذ متى، ومنها يُعاد فتحه.
refusal-account-open-already = هذا الحساب مفتوح بالفعل.
refusal-account-open-already-next = لم يبق ما يُفعل: يمكن لصاحبه الدخول.
refusal-account-signed-out = ليست لهذا الحساب جلسة مفتوحة.
refusal-account-signed-out-next = لكي لا يدخل به أحد، أوقف الحساب.
refusal-stop-own = لا يوقف أحد حسابه.
refusal-stop-own-next = أنهِ جلساتك بنفسك، أو اطلب ذلك من مشغّل آخر.
refusal-last-operator = يحتاج المركز إلى مشغّل، وهذا آخرهم.
refusal-last-operator-next = اجعلهم يعيّنون غيره أولًا.
refusal-view-only-looks = أنت تنظر كما ينظر عضو: لا يمكن تغيير شيء.
refusal-view-only-looks-next = أنهِ هذا العرض أولًا.
refusal-no-receiving-account = ليس للمركز حساب بنكي بهذه العملة بعد.
refusal-no-receiving-account-next = ادفع بطريقة أخرى، أو اطلب من مالية المركز تحديد الحساب.
refusal-transfers-many = عشرون تحويلًا منتظرة بالفعل.
refusal-transfers-many-next = ألغِ ما لن يصل منها.
refusal-transfer-not-open = هذا التحويل مدفوع أو ملغى بالفعل.
refusal-transfer-not-open-next = أعلن عن آخر إن كان المزيد سيصل.
refusal-document-not-drawn = لم يمكن إعداد هذا الملف بعد.
refusal-document-not-drawn-next = المركز على علم بذلك ويعيد المحاولة كل يوم؛ راسله إن كان الأمر عاجلًا.
refusal-statements-many = عشرة كشوف قيد الإعداد بالفعل.
refusal-statements-many-next = انتظر حتى تجهز، ثم اطلب من جديد.
refusal-line-decided = تقرر أمر هذا السطر من قبل.
refusal-line-decided-next = افتحه وانظر كيف؛ وتراجع أولًا إن كان خطأ.
refusal-line-refunded = عاد مال من هذا السطر إلى من دفعه.
refusal-line-refunded-next = ألغ الاسترداد أولًا إن لم يدفعه البنك؛ وإلا بقي السطر لصاحبه.
refusal-refund-all = عاد كله من قبل، أو هو في الطريق.
refusal-refund-all-next = انظر استردادات المؤسسة: ما يفشل منها يمكن طلبه مجددًا.
refusal-refund-not-free = لا شيء حر في المحفظة.
refusal-refund-not-free-next = ما يعمل يحجز بقية المال: اطلب إيقافه أولًا ثم أعد الطلب.
refusal-refund-not-to-pay = لم يعد على البنك دفع هذا الاسترداد.
refusal-refund-not-to-pay-next = افتحه وانظر ما آل إليه.
refusal-line-not-matched = لم يدفع هذا السطر لأحد.
refusal-line-not-matched-next = افتحه: ربما أُلغيت مطابقته من قبل.
refusal-line-not-ignored = لم ينحِّ أحد هذا السطر.
refusal-line-not-ignored-next = افتحه وانظر ما آل إليه.
refusal-statement-other-account = الكشف للحساب { $account } بعملة { $currency }، وليس للمركز.
refusal-statement-other-account-next = حدده حسابًا للاستلام، أو اختر كشف حساب للمركز.
refusal-invalid-account = هذا الحساب خطأ: { $fault ->
    [empty] لم يُكتب شيء
    [character] فيه ما ليس حرفًا ولا رقمًا
    [start] يبدأ الآيبان بحرفين ورقمين
    [country] لا بلد له آيبان بهذين الحرفين
    [length] قصير أو طويل أو ليس على شكل بلده
   *[digits] أرقام التحقق لا توافق الباقي
}
refusal-invalid-account-next = قارنه رقمًا رقمًا بورقة البنك.
refusal-statement-broken = { $place ->
    [file] الملف
    [line] السطر { $line }
   *[part] السطر { $line }، { $part }
}: { $fault ->
    [empty] الملف فارغ
    [too_large] الملف أكبر مما يقبله استيراد واحد
    [encoding] البايتات ليست نص { $about }
    [xml] ملف XML غير سليم: { $about }
    [entities] الملف يعرّف كيانات أو يحيل إليها
    [other_format] هذا ليس كشف { $about }
    [missing] ينقص { $about }
    [amount] «{ $about }» ليس مبلغًا يمكن قيده
    [date] «{ $about }» ليس تاريخًا
    [currency] «{ $about }» ليست MAD ولا EUR ولا USD
    [other_currency] عملتان: { $about }
    [sign] «{ $about }» لا يقول دائنًا ولا مدينًا
    [two_amounts] هنا دائن ومدين معًا
    [sum] الأرصدة لا توافق الأسطر: { $about }
    [column] لا عمود اسمه «{ $about }»
    [headings] لا صف يسمي تاريخًا ومبلغًا معًا
   *[other] لا يُقرأ
}
refusal-statement-broken-next = { $fault ->
    [empty] نزّل الكشف من البنك مرة أخرى.
    [too_large] اطلب من البنك مدة أقصر، واستورد ملفًا بعد ملف.
    [encoding] احفظ الملف نصًا بترميز UTF-8.
    [xml] الملف تالف أو مبتور: نزّله مرة أخرى.
    [entities] اطلب من البنك ملفًا بسيطًا: تصدير البنك لا يحوي DOCTYPE.
    [other_format] اختر الصيغة التي يسميها البنك.
    [missing] اطلب من البنك كشفًا كاملًا للعمليات المقيدة، لا قائمة بالمعلقة.
    [amount] تحقق من علامة الكسر ومن العمود؛ لم يؤخذ شيء من الملف.
    [date] تحقق من ترتيب اليوم والشهر والسنة، ومن العمود.
    [currency] استورد كشف حساب بإحدى هذه العملات.
    [other_currency] اختر عملة الحساب.
    [sign] قارن السطر بورقة البنك، واسأل البنك عن معناه.
    [two_amounts] تحقق أي الأعمدة دائن وأيها مدين.
    [sum] سطر ناقص أو مكرر: نزّل الكشف كاملًا مرة أخرى.
    [column] قارن العناوين بالصفوف الأولى من الملف.
    [headings] حدد الأعمدة بنفسك.
   *[other] لم يؤخذ شيء من الملف.
}
refusal-month-runs = لم ينتهِ هذا الشهر بعد.
refusal-month-runs-next = افتح إقفاله بعد انتهائه.
refusal-month-opened = إقفال هذا الشهر مفتوح بالفعل.
refusal-month-opened-next = تابع قائمة التحقق.
refusal-month-not-opened = لم يفتح أحد إقفال هذا الشهر.
refusal-month-not-opened-next = افتحه أولًا؛ تُظهر قائمة التحقق عندها ما ينقص.
refusal-month-is-closed = هذا الشهر مقفل: لا يُقيَّد فيه شيء بعد الآن.
refusal-month-is-closed-next = قيّده الآن في الشهر الجاري.
refusal-month-is-finalised = مسودات هذا الشهر قيد الاعتماد بالفعل.
refusal-month-is-finalised-next = تابع هذا التنفيذ، أو أوقفه أولًا.
refusal-no-drafts = لا توجد مسودة حتى نهاية هذا الشهر.
refusal-no-drafts-next = أقفل الفترات أولًا: كل إقفال يصنع مسودته.
refusal-run-over = انتهى بالفعل.
refusal-run-over-next = اطلب كل المسودات مرة أخرى إن بقي منها شيء.
refusal-nothing-to-look-at = ليس في هذه المسودة سبب للنظر.
refusal-nothing-to-look-at-next = اعتمدها.
refusal-finalise-broken = جُرّبت خمس مرات وفشلت كل مرة.
refusal-finalise-broken-next = جرّبها وحدها؛ وإن فشلت مجددًا فأعطِ المشغّل رقم الطلب.
refusal-month-not-ready = لا يمكن إقفال الشهر بعد. { $check ->
    [clusters] عناقيد بلا خبر حتى نهايته: { $n }.
    [periods] فترات لم تُقفل: { $n }.
    [drafted] فترات مقفلة بلا مسودة: { $n }.
    [review] مسودات لم ينظر أحد في أسبابها: { $n }.
    [bank] أسطر بنك تنتظر: { $n }.
    [provider] ملاحظات مدفوعات لم يفحصها أحد: { $n }.
    [drafts] مسودات ليست نهائية: { $n }.
    [balance] مواضع تختلف فيها الأرصدة عن دفتر الأستاذ: { $n }.
    [rules] قواعد دفاتر مخالَفة: { $n }.
   *[other] { $check }: { $n }.
}
refusal-month-not-ready-next = تقود قائمة التحقق إلى حيث يُصلَح ذلك.

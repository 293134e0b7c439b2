# فريق المركز.
staff-role = { $word ->
    [operator] مشغّل
    [incubator] حاضنة
    [finance] مالية
    [auditor] مدقق
   *[other] ? { $word }
}
staff-fresh = ما تقوله العناقيد، { $ago }. لا شيء هنا من أمنياتنا.
staff-never-seen = لم يُرَ أي عنقود بعد. ينظر إليه البرنامج حالما يُوصَل.
staff-cluster-silent = { $cluster } لا يستجيب؛ آخر مشاهدة { $since }
staff-cluster-silent-means = ما يلي هو آخر ما شوهد. المثيلات مستمرة في العمل، والثواني التي لم يرها أحد لا تُفوتر حتى يؤكدها العنقود.
staff-skew = ساعات { $cluster } وقاعدة البيانات متباعدة بمقدار { $seconds } ث
staff-skew-means = فوق 5 ث قد يُقطع الاستهلاك عند ثانية خاطئة. تحقق من NTP على العقد وقاعدة البيانات.
staff-of = من { $all }
staff-oldest = الأطول: { $name }
staff-slices-in-use = شرائح MIG المستعملة
staff-gpus-in-use = المعالجات المستعملة
staff-nodes-away = { $n ->
    [zero] كل العقد تستجيب
    [one] عقدة واحدة لا تستجيب
    [two] عقدتان لا تستجيبان
    [few] { $n } عقد لا تستجيب
    [many] { $n } عقدة لا تستجيب
   *[other] { $n } عقدة لا تستجيب
}
staff-faults = مفقود الآن
staff-gpus = معالجات
staff-instances = مثيلات
staff-questions = أسئلة إليك
staff-open = مفتوحة
staff-waiting-why = قيد الانتظار، ولماذا
staff-nothing-waits = لا شيء ينتظر
staff-nothing-waits-means = كل مثيل في مكانه. ما ينتظر يظهر هنا مع سببه وخطوته التالية.
staff-all-waits = الكل ({ $n })
staff-unconfirmed = ثوانٍ لم يرها أحد
staff-unconfirmed-means = خلال آخر 30 يومًا. لا تُفوتر. رؤية الحاوية نفسها من جديد تؤكدها، وإلا بقيت هنا.
staff-from = من
staff-until = إلى
staff-length = المدة
staff-goes-on = مستمر
staff-instance = المثيل
staff-asked-for = المطلوب
staff-phase = المرحلة
staff-reason-next = السبب والخطوة التالية
staff-since = منذ
staff-no-reason-yet = لم يذكر العنقود السبب بعد. النظرة التالية خلال دقيقة.
staff-given-up = يُتخلى عنه { $ahead } إن لم يتغير شيء.
staff-given-up-now = انتهت مهلته: يُتخلى عنه عند النظرة التالية.
staff-no-nodes = لا عقد بعد
staff-no-nodes-next = أضف إلى العنقود عقدة عليها ملحق NVIDIA؛ تظهر هنا خلال دقيقة.
staff-cell-used = مستعمل
staff-cell-free = شاغر
staff-cell-lost = مفقود
staff-node-gone = اختفت { $ago }
staff-node-away = لا تستجيب، آخر إشارة { $ago }
staff-gpus-lost = { $n ->
    [zero] لا معالج مفقود
    [one] معالج واحد مفقود
    [two] معالجان مفقودان
    [few] { $n } معالجات مفقودة
    [many] { $n } معالجًا مفقودًا
   *[other] { $n } معالج مفقود
}
staff-node-cordoned = لا تقبل إطلاقًا جديدًا
staff-used-of = { $used } من { $all }
staff-in-use-of = { $used } من { $all } مستعمل
staff-node = العقدة
staff-standing = الحالة
staff-resource = المورد
staff-ours = لنا
staff-foreign = لغيرنا
staff-free = شاغر
staff-changed = تغيّر
staff-question-of = { $cluster } يسأل قبل الحذف
staff-asks-restored = العنقود متقدم على قاعدة البيانات: يُرجَّح أنها استُعيدت. هل يُحذف ما لم تعد تعرفه؟
staff-asks-deletions = ستُحذف نسبة غير معتادة من الكائنات. هل هذا مقصود؟
staff-keep = أبقِ كل شيء
staff-keep-means = الإبقاء: لا يُحذف شيء. ما لا تعرفه قاعدة البيانات يستمر دون فوترة حتى تقرر خلاف ذلك.
staff-delete = احذف
staff-delete-means = الحذف: على { $cluster } ينتهي فورًا كل ما لنا ولا يطلبه أي سطر. تضيع بيانات أقراصه بلا رجعة.
staff-question-not-yours = الجواب للمشغّل.
staff-kept = أُبقي كل شيء
staff-deleting = بدأ الحذف
staff-organisations-beneath = كل زبناء هذا المركز.
staff-search = بحث
staff-search-example = الاسم أو المعرّف
staff-no-organisations = لا مؤسسة هنا
staff-no-organisations-next = أنشئ واحدة بالأمر tamuda admin organisation، أو ابحث بكلمة أخرى.
staff-state = الحالة
staff-country = البلد
staff-currency = العملة
staff-running = يعمل
staff-active = نشطة
staff-suspended = موقوفة
staff-standing-closing = قيد الإغلاق
staff-standing-closed = مغلقة
staff-no-instances = لا مثيل لها.
staff-flavour = المعالج
staff-held-of = المستعمل من الحصة
staff-change = تغيير
staff-quota-never-set = لم تُحدَّد قط: لا يُسمح بأي شيء
staff-held = محجوز
staff-free-money = متاح للإطلاق
staff-per-hour = في الساعة
staff-empty-at = يكفي المال حتى
staff-lasts = لا نهاية خلال سنة
staff-settled = مسوّى حتى
staff-credit-limit = حد الائتمان
staff-receivable = مستحق فوق الرصيد
staff-gross = كل المبالغ شاملة الضريبة.
staff-facts = ما هو معروف
staff-project = المشروع
staff-identifier = المعرّف
staff-image = الصورة
staff-launched-by = أطلقه
staff-in-phase = في هذه المرحلة منذ
staff-deadline = يُتخلى عنه في
staff-restarts = مرات إعادة التشغيل
staff-last-event = آخر ما قاله العنقود
staff-answer = جواب العنقود
staff-attempt = المحاولة
staff-attempts = المحاولات
staff-stop = أوقفه
staff-stop-means = تنتهي حاويته ويصبح معالجه شاغرًا وتتوقف الفوترة الآن. تُحفظ الأقراص ويمكن للزبون تشغيله من جديد.
staff-stop-hint = يقرؤه الزبون حرفيًا.
staff-stop-rests = انتهى أصلًا: لا شيء يُوقف.
staff-stop-forbidden = المشغّل وحده يوقف مثيل زبون.
staff-stopped = يتوقف { $name }
staff-reason = السبب
staff-now = الآن
staff-quotas-beneath = عدد الوحدات من كل معالج التي يجوز لمؤسسة أن تستعملها في آن واحد.
staff-no-quotas = لم تُحدَّد أي حصة بعد
staff-no-quotas-next = افتح مؤسسة وحدّد ما يجوز لها.
staff-quota-of = { $flavour } لمؤسسة { $name }
staff-new-quota = حصة جديدة
staff-units = الوحدات
staff-units-hint = تستعمل الآن { $used }. يبقى ما تستعمله ولو تجاوز حصة أدنى.
staff-quota-reason-hint = تقرؤه المؤسسة وسجل التدقيق.
staff-set-quota = حدّد الحصة
staff-quota-set = حصة { $name } صارت { $units }
staff-quota-set-means = يأخذ بها العنقود خلال ثوانٍ.
staff-prices-beneath = دون ضريبة، لكل وحدة في الساعة. تُضاف الضريبة حسب المشتري.
staff-prices-net = لا يغيّر السعر الماضي: تبدأ النسخة الجديدة في تاريخها وتنتهي السابقة عنده.
staff-price-since = منذ { $date }
staff-price-then = { $price } ابتداءً من { $moment }
staff-not-for-sale = غير معروض للبيع
staff-no-flavours = لا معالج معروف بعد
staff-no-flavours-next = تأتي المعالجات من عقد العنقود؛ صِل عنقودًا أولًا.
staff-tax-rules = قواعد الضريبة
staff-tax-means = قاعدة البلد نفسه مقدمة على قاعدة كل البلدان. تأتي النسب مع التثبيت وتتغير بالتاريخ.
staff-buyer = المشتري
staff-business = شركة
staff-private = غير شركة
staff-every-country = كل بلد آخر
staff-tax-category = المعاملة
staff-tax-rate = النسبة
staff-tax-reason = السند القانوني
staff-tax-withheld = ما يحجزه المشترون
staff-tax-withheld-of = { $word ->
    [net] { $rate } من المبلغ الصافي
   *[tax] { $rate } من الضريبة
}
staff-holds = السريان
staff-holds-now = سارٍ
staff-scheduled = مبرمج
staff-over = منتهٍ
staff-versions = النسخ
staff-version = النسخة
staff-set-by = حدّده
staff-installation = التثبيت
staff-withdraw = اسحب
staff-withdrawn = سُحبت النسخة
staff-withdrawn-means = تبقى السابقة سارية مكانها.
staff-never-sold = لم يُبع قط بهذه العملة
staff-never-sold-next = لا يمكن للمؤسسات التي تدفع بها إطلاق هذا المعالج قبل سريان سعر.
staff-new-price = نسخة جديدة
staff-price-net = السعر الصافي للوحدة
staff-price-from = ابتداءً من
staff-price-from-hint = فارغ: فورًا. المنطقة { $zone }، الآن { $now }.
staff-price-means = منذ ذلك الحين يدفع كل مثيل يعمل على هذا المعالج السعر الجديد، وتحتفظ كل ثانية بسعر وقتها.
staff-set-price = حدّد السعر
staff-price-set = حُدِّد السعر { $price }
staff-price-set-means = يسري ابتداءً من { $from }.
staff-grants-beneath = اختر من يُمنح رصيدًا؛ وتحت كل مؤسسة حصصها وما آلت إليه.
staff-grant-beneath = ما مُنحت، وما آل إليه، ومنح المزيد.
staff-granted = مُنح { $amount } لمؤسسة { $name }
staff-granted-means = يدفع قبل المحفظة، من بدايته إلى انتهائه.
staff-lots-left = المتبقي في المنح
staff-lots = المنح
staff-lot = المنحة
staff-left-of = المتبقي من
staff-became = ما آل إليه
staff-pays-for = يدفع عن
staff-no-lots = لم يُمنح شيء بعد
staff-no-lots-next = املأ النموذج: ترى الأثر قبل أن يُمنح شيء.
staff-gpu-hours = { $hours } س على { $flavour }
staff-given-on = { $date }: { $reason }
staff-used-up = مستنفد
staff-pays = يدفع
staff-lot-used = استُعمل { $amount } بقيمة { $worth }
staff-lot-expired = انتهى { $amount }
staff-lot-voided = استُرجع { $amount }
staff-lot-untouched = لم يُستعمل بعد
staff-everything = كل شيء
staff-from-to = من { $from } إلى { $to }
staff-from-on = ابتداءً من { $from }
staff-new-grant = منحة جديدة
staff-who-pays = من يدفع
staff-lot-name = الاسم على الفاتورة
staff-lot-name-hint = مثل «فوج ربيع 2027».
staff-how-much = كم
staff-unit = الوحدة
staff-hours-of = ساعات معالج { $flavour }
staff-pays-flavour = يدفع عن المعالج
staff-pays-project = يدفع عن المشروع
staff-every-flavour = كل معالج
staff-every-project = كل مشروع
staff-pays-from = يدفع ابتداءً من
staff-expires = ينتهي
staff-empty-is-now = فارغ: فورًا.
staff-empty-is-never = فارغ: أبدًا.
staff-grant-reason-hint = يقرؤه الممول وسجل التدقيق، من 3 إلى 500 حرف.
staff-see-effect = انظر الأثر
staff-grant-preview = منحة لمؤسسة { $name }
staff-nothing-given-yet = لم يُمنح شيء بعد. هذا ما سيتغير.
staff-give = امنح
staff-effect = ما يتغير
staff-your-grant = المنحة
staff-lots-before = فيها الآن
staff-lots-after = سيصير فيها
staff-wallet-stays = تبقى المحفظة عند
staff-empty-before = يكفي المال حاليًا حتى
staff-empty-after = ومع المنحة حتى
staff-at-once = فورًا
staff-never = أبدًا
staff-take-back = استرجع المتبقي
staff-take-back-of = استرجاع { $lot } من { $name }
staff-take-back-means = قيد عكسي يعيد المتبقي إلى المركز أو الممول. يبقى ما استُعمل مدفوعًا، وكذلك ما لم يُقيَّد بعد حتى الآن. ثم يُنفق ما يعمل من المحفظة. لا رجعة في ذلك، ويمكن منح منحة جديدة.
staff-take-back-hint = يظهر بجانب القيد في محفظة المؤسسة.
staff-taken-back = استُرجع { $amount }
staff-taken-back-means = القيد العكسي مسجل في محفظة المؤسسة.
staff-lot-granted = الممنوح
staff-lot-used-label = المستعمل
staff-lot-left-label = المتبقي
staff-billing-beneath = أقفل ما انتهى، وانظر في غير المعتاد، وأنهِ الباقي.
staff-ready-to-close = جاهز للإقفال
staff-ready-means = كل شيء معروف ومسوّى
staff-blocked = معطّل
staff-blocked-means = انتهت وينقصها شيء
staff-running-periods = جارية
staff-running-means = لم ينته شهرها
staff-to-look-at = للنظر فيها
staff-look-means = فواتير أدناه لسبب
staff-periods = الفترات
staff-period = الفترة
staff-no-periods = لا فترة جارية
staff-what-blocks = ما يعطّل الإقفال
staff-state-running = جارية
staff-state-waiting = معطّلة
staff-state-ready = جاهزة
staff-ends-on = تنتهي في { $at }؛ عندها يمكن إقفالها.
staff-still-settling = تُسوّى ثوانيها الأخيرة؛ يستغرق ذلك دقائق ويحدث تلقائيًا.
staff-nothing-blocks = لا شيء يعطّلها.
staff-known-through = { $cluster } معروف حتى { $at }
staff-reasons = أسباب النظر
staff-total = المجموع
staff-before = الفترة السابقة
staff-as-expected = كما هو متوقع
staff-unbilled = { $span } مطلوبة وغير مفوترة
staff-no-drafts = لا فاتورة هنا
staff-no-drafts-next = إقفال فترة ينشئ مسودتها، وإنهاؤها يعطيها رقمًا.
staff-period-of = { $month }، { $name }
staff-begins = البداية
staff-ends = النهاية
staff-close = أقفل الفترة
staff-close-means = الإقفال ينهي الفترة ويفتح التالية وينشئ مسودة الفاتورة. ما يُعرف لاحقًا يصير سطورًا في الفاتورة التالية بتواريخه. والفترة المقفلة تبقى مقفلة.
staff-close-blocked = تنتظر العنقود المجاور. انتظره أو تنازل عنه مع ذكر السبب.
staff-close-forbidden = المالية وحدها تقفل الفترة.
staff-closed = أُقفلت فترة { $month }
staff-closed-draft = هذه مسودتها. انظر فيها ثم أنهِها.
staff-closed-nothing = لم يكن هناك ما يُفوتر، فلا مسودة.
staff-waive-waits = الانتظار لا يكلف شيئًا: حالما يُسمع العنقود من جديد تُؤكد ثوانيه أو تُصنّف تلقائيًا.
staff-waive-means = التنازل: كل ما لم يؤكده من { $from } إلى { $to } لا يُفوتر أبدًا ويتحمله المركز. لا رجعة في ذلك.
staff-waive-hint = يقرؤه سجل التدقيق، من 3 إلى 500 حرف.
staff-waive = تنازل عن { $cluster }
staff-waived = تم التنازل؛ فترات لم تعد مفوترة: { $n }
staff-waived-next = ابتداءً من { $from }. يمكن إقفال الفترة بعد تسوية كل ما قبلها.
staff-finalise = أنهِ الفاتورة
staff-finalise-means = تأخذ الرقم التالي وتاريخ اليوم ولا تتغير أبدًا. يصير ما جُنّب إيرادًا وضريبة. ولا يُصحَّح الخطأ إلا بإشعار دائن.
staff-finalise-forbidden = المالية وحدها تنهي الفاتورة.
staff-finalised = الفاتورة { $number } نهائية
staff-finalised-means = يمكن إعادة حسابها من ثوانيها في أي وقت.
staff-credit = إشعار دائن
staff-credit-of = إشعار دائن على { $invoice } لـ { $name }
staff-credit-means = تبقى الفاتورة كما هي. ويسترجعها الإشعار الدائن، كلها أو بعضها، بضريبتها: يعود إلى كل من دفع ما دفعه من ذلك الجزء.
staff-credit-what = ما يُسترجع
staff-credit-whole = كل المتبقي: { $amount }
staff-credit-line = السطر { $n }: { $flavour }، { $project } – المتبقي { $amount }
staff-credit-amount = مبلغ من السطر
staff-credit-amount-hint = قبل الضريبة وقبل هبات المركز. فارغ: كل ما بقي من السطر.
staff-credit-reason-hint = يظهر على الإشعار الدائن وفي سجل التدقيق، من 1 إلى 500 حرف.
staff-credit-see = اعرض الإشعار الدائن
staff-credit-nothing-yet = لم يُقيَّد شيء بعد. هذا ما سيصدر.
staff-credit-final = يأخذ الرقم التالي من سلسلته وتاريخ اليوم ولا يتغير أبدًا.
staff-credit-issue = أصدر الإشعار الدائن
staff-credited = صدر الإشعار الدائن { $number }
staff-credited-means = عاد المال إلى من دفعه، وتراه المؤسسة أسفل فاتورتها.
staff-credit-notes-beneath = تصحيحات جميع المؤسسات، الأحدث أولًا.
staff-audit-beneath = كل تغيير ومن أجراه، قبل وبعد. السطور متسلسلة، فأي تغيير أو حذف يُلاحظ.
staff-verify = تحقق من الأختام
staff-chain-holds = السلسلة سليمة؛ الأختام المتحقق منها: { $n }
staff-nothing-sealed = لم يُختم شيء بعد
staff-chain-broken = تنكسر السلسلة عند الختم { $seq }: { $fault }
staff-fault-gap = ختم قبله مفقود
staff-fault-missing = سطره مفقود
staff-fault-changed = سطره يقول شيئًا آخر
staff-fault-chain = لا يتبع ما قبله
staff-fault-replaced = ليس هو المُصدَّر
staff-unsealed = سطور تنتظر الختم: { $n }، أقدمها { $ago }.
staff-all-sealed = لا سطر ينتظر الختم.
staff-erased = محتويات مُحيت بطلب من أصحابها: { $n }.
staff-head = الرأس
staff-area-label = المجال
staff-organisation-id = معرّف المؤسسة
staff-subject = معرّف الشيء
staff-what = ماذا
staff-who = من
staff-changes = قبل وبعد
staff-seal = الختم
staff-when = متى
staff-sealed = رقم { $seq }
staff-not-sealed = ينتظر
staff-more-fields = { $n } أخرى
staff-nothing = لا شيء
staff-value = القيمة
staff-no-audit = لم يتغير شيء هنا
staff-no-audit-next = وسّع التصفية: أزل معرّفًا أو تاريخًا.
staff-domains-beneath = نطاقات يدخل أهلها مؤسسةً من تلقاء أنفسهم. لا تؤكد إلا ما تُظهره خدمة الأسماء.
staff-no-domains = لم يُطلب أي نطاق
staff-no-domains-next = يطلبه المالكون في صفحة أعضاء مؤسستهم.
staff-domain-asked = طُلب
staff-domain-record = ابحث عن هذا السجل
staff-domain-record-means = لا تسأل البوابة خدمة الأسماء بنفسها. يجب أن يقول الجواب { $record }.
staff-domain-answer = الجواب
staff-domain-means = بعد التأكيد، من دخل عبر { $provider } بعنوان على { $domain } انضم إلى { $name } بدور { $role }.
staff-domain-reason-hint = ما رأيته، أو لماذا لا. ويظهر في سجل تدقيق المؤسسة.
staff-domain-confirm = السجل موجود: تأكيد
staff-domain-refuse = رفض
staff-domain-confirmed = أُكّد { $domain } لـ { $name }
staff-domain-refused = رُفض { $domain } لـ { $name }
staff-people-beneath = من يعمل للمركز. يعيّن مشغّلان شخصًا، ويكفي واحد للإعفاء.
staff-propose = اقتراح شخص
staff-propose-beneath = يجب أن يكون له حساب هنا. ولا بد أن يوافق مشغّل آخر قبل أن يصير له الدور.
staff-propose-email = العنوان الذي يدخل به
staff-propose-role = الدور في المركز
staff-propose-reason-hint = يظهر في سجل تدقيق المركز، وفي القائمة إلى أن يوافق أحد.
staff-propose-send = اقتراح
staff-proposed = اقتُرح { $name } بدور { $role }
staff-proposed-means = يوافق عليه مشغّل آخر تحت الأشخاص خلال { $n } أيام.
staff-proposals = بانتظار شخص ثانٍ
staff-proposal-by = من { $name }
staff-proposal-until = إلى غاية
staff-proposal-acts = ما العمل بها
staff-agree = موافقة
staff-agreed = صار لـ { $name } دور { $role }
staff-proposal-withdraw = سحب
staff-proposal-withdrawn = سُحب الاقتراح
staff-resets = عوامل مفقودة: بانتظار شخص ثانٍ
staff-reset = إزالة عوامل مفقودة
staff-reset-beneath = لمن فقد كل عوامل أمانه ورموز استرداده. تحقق خارج البوابة من هويته، وجهًا لوجه أو برقم كان المركز يعرفه من قبل، لا بالعنوان وحده.
staff-reset-means = حين يوافق مشغّل آخر تزول كل عوامل الأمان وتنتهي كل الجلسات. وتخبره رسالة الآن وعندها، ويمكنه أن يوقفه.
staff-reset-reason-hint = كيف تحققت من هويته. يظهر في سجل تدقيق المركز، وفي القائمة إلى أن يوافق أحد.
staff-reset-send = طلب ذلك
staff-reset-asked = طُلب ذلك لـ { $name }
staff-reset-asked-means = يوافق عليه مشغّل آخر تحت الأشخاص خلال { $n } ساعة.
staff-reset-done = زالت عوامل أمان { $name }
staff-reset-done-means = يدخل بكلمة مروره ويعيّن غيرها.
staff-reset-withdrawn = سُحب الطلب؛ وتقول ذلك رسالة
staff-account = البحث عن حساب
staff-account-beneath = حساب أي شخص، ولو لم يكن له دور في المركز. وما وقع في يد غير صاحبه يوقَف هنا فورًا.
staff-account-find = بحث
staff-account-state = الحالة
staff-account-open = مفتوح
staff-account-stopped-since = موقوف منذ { $at }
staff-account-roles = الأدوار في المركز
staff-account-organisations = المؤسسات
staff-account-none = لا شيء
staff-account-sessions = الجلسات المفتوحة
staff-account-sign-out = إنهاء كل الجلسات
staff-account-signed-out = أُنهيت كل جلسات { $name }
staff-account-signed-out-means = تقول ذلك رسالة. ومن يعرف كلمة المرور وبيده عامل الأمان يمكنه الدخول من جديد: لمنعه أوقف الحساب.
staff-account-stop = إيقاف الحساب
staff-account-stop-means = تنتهي كل الجلسات فورًا، ولا يدخل أحد، ولا تفتح رموز الشخص للواجهة البرمجية شيئًا؛ وتستمر حسابات الخدمة والمثيلات. يذكر سجل التدقيق ورسالة إلى المشغّلين الآخرين السبب، وتصل الشخص رسالة من دونه.
staff-account-stopped = أُوقف حساب { $name }
staff-account-stopped-means = انظر في سجل التدقيق ما فعله، وإلى رموز مؤسساته.
staff-account-reopen = إعادة فتح الحساب
staff-account-reopen-means = تحقق أولًا، خارج البوابة، أنه في يد صاحبه. يذكر سجل التدقيق ورسالة إلى المشغّلين الآخرين كيف فعلت.
staff-account-opened = أُعيد فتح حساب { $name }
staff-account-opened-means = تطلب منه رسالة كلمة مرور جديدة وأن ينظر إلى عوامله ورموزه.
staff-person = الشخص
staff-revoke = إعفاء من دور
staff-revoke-means = يفقده مع نقرته التالية، وتخبره رسالة هو وكل من له الدور نفسه.
staff-revoke-it = إعفاء
staff-revoked = لم يعد لـ { $name } دور { $role }
staff-role-own = أنت
view-as = العرض كعضو
view-title = النظر إلى { $organisation } كما ينظر عضو
view-beneath = ترى ما يحق لذلك العضو ولك أن تراه، ولا تغيّر شيئًا. وينتهي من تلقاء نفسه بعد { $n } دقيقة.
view-reason-hint = تقرؤه المؤسسة في سجل تدقيقها مع البداية والنهاية.
view-begin = بدء
view-on = تنظر إلى { $organisation } بهذا الدور: { $role }
view-on-means = يظهر ما يحق لهذا الدور ولك أن تراه. ولا يمكن تغيير شيء.
view-end = إنهاء العرض
view-ended = انتهى عرض { $organisation }
staff-lot-kind = { $word ->
    [promo] هدية من المركز
    [sponsored] ممول
   *[other] { $word }
}
staff-lot-kind-long = { $word ->
    [promo] المركز: هدية منه قبل الضريبة
    [sponsored] ممول: يدفع المجموع مع الضريبة
   *[other] { $word }
}
staff-review = { $word ->
    [unbilled_seconds] ثوانٍ غير مفوترة
    [rose_fourfold] أكثر من أربعة أضعاف الشهر السابق
    [price_changed] تغيّر السعر
    [late_facts] وقائع متأخرة
    [overbilled] عطل عُلم به بعد الفوترة
    [missing_tax_id] مشترٍ دون رقم ضريبي
    [unpaid_receivable] فاتورة سابقة غير مدفوعة
    [contested_line] سطر معترض عليه
   *[other] { $word }
}
staff-tax = { $word ->
    [S] النسبة العادية
    [G] تصدير دون ضريبة
    [AE] احتساب عكسي
    [E] معفى
   *[other] { $word }
}
staff-area-of = { $word ->
    [account] الحسابات
    [cluster] العناقيد
    [factor] عوامل الأمان
    [domain] النطاقات
    [dunning] خطوات الديون
    [identity] الهويات
    [instance] المثيلات
    [invitation] الدعوات
    [budget] الميزانيات
    [token] رموز الواجهة البرمجية
    [project] المشاريع
    [invoice] الفواتير
    [letter] الرسائل
    [lot] المنح
    [member] الأعضاء
    [month] إقفال الأشهر
    [password] كلمات المرور
    [auto_top_up] الشحن التلقائي
    [card] البطاقات المحفوظة
    [payment] مدفوعات البطاقات
    [organisation] المؤسسات
    [period] الفترات
    [person] الأشخاص
    [price] الأسعار
    [question] الأسئلة
    [quota] الحصص
    [session] الجلسات
    [sign_off] التوقيعات الثانية
    [staff] الموظفون
    [tax_rule] قواعد الضريبة
    [usage] تصحيحات الاستعمال
    [volume] وحدات التخزين
    [wallet] المدفوعات
    [bank] الكشوف البنكية
    [transfer] التحويلات
    [view] عروض كعضو
   *[other] { $word }
}
nav-bank = البنك
bank-beneath = ما وصل بالتحويل: طوبق بمرجعه أو ينتظرك.
bank-import = استيراد كشف
bank-import-means = ألصق ملف البنك. ترى ما فيه وما سيفعله القيد قبل حفظ أي شيء؛ ولا يُقيد السطر نفسه مرتين.
bank-file = ملف البنك
bank-file-name = اسم الملف
bank-file-name-hint = كما يسميه البنك: يظهر في القائمة.
bank-format = الصيغة
bank-currency = العملة
bank-currency-hint = للجدول فقط: الصيغ الأخرى تذكرها بنفسها.
bank-content = المحتوى
bank-content-hint = الملف كله نصًا. يُقرأ الجدول كالمرة السابقة أو بحسب عناوينه.
bank-look = انظر ما فيه
bank-nothing-yet = لم يُحفظ شيء بعد.
bank-known = استُورد هذا الملف من قبل
bank-known-means = قيده مرة أخرى لا يقيد شيئًا مرتين.
bank-book = قيده
bank-book-means = ما يسميه مرجع يذهب إلى مؤسسته، وما عداه ينتظر بين الأسطر بلا صاحب.
bank-booked = قُيد الكشف
bank-waiting = أسطر تنتظرك
bank-waiting-none = لا سطر ينتظر
bank-waiting-none-means = ما لا يسميه مرجع يظهر هنا بعد الاستيراد.
bank-statements = الكشوف
bank-statements-none = لم يُستورد كشف بعد
bank-statements-none-means = نزّل كشفًا من البنك بصيغة CAMT.053 أو MT940 أو جدول، واستورده هنا.
bank-statement = الكشف
bank-statement-beneath = ما آلت إليه أسطره.
bank-statement-of = الحساب { $iban }
bank-days = الأيام
bank-lines = الأسطر
bank-known-before = معروفة من قبل
bank-credited = المقيد
bank-waits = المنتظر
bank-imported = الاستيراد
bank-opening = الرصيد الافتتاحي
bank-closing = الرصيد الختامي
bank-onward = أسطر تالية
bank-back = الأسطر الأولى
bank-rest-means = انقطع استيراد. قيّد الباقي: ما قُيد يبقى كما هو.
bank-book-rest = قيد الباقي
bank-payer = الدافع
bank-payer-unknown = دافع غير مسمى
bank-payer-account = حساب الدافع
bank-day = تاريخ القيد
bank-written = المكتوب
bank-state = الحالة
bank-amount = المبلغ
bank-plan = سيكون
bank-score = اليقين من 100
bank-place = السطر { $n }
match-about = { $reason } ({ $about })
bank-accounts = حسابات الاستلام
bank-account-none = لا حساب: لا يمكن الإعلان عن تحويل
bank-account-of = حساب بعملة { $currency }
bank-account-set = تحديد الحساب
bank-account-means = تذكره الفواتير الأولية من الآن. وتبقى السابقة على حسابها الذي ما زالت كشوفه تُستورد.
bank-account-done = يُدفع للمركز في { $iban }
bank-account-done-means = تذكره الفواتير الأولية المعلنة من الآن.
bank-iban = IBAN
bank-iban-hint = أو الأرقام الأربعة والعشرون لحساب RIB مغربي.
bank-beneficiary = المستفيد
bank-name = البنك
bank-line-of = سطر بمبلغ { $amount }
bank-says = ما يقوله البنك
bank-reference = مرجع البنك
bank-organisation = المؤسسة
bank-organisation-hint = كلمتها في العناوين أو معرّفها.
bank-transfer = التحويل المعلن
bank-transfer-hint = معرّفه إن كان السطر يدفعه؛ وفارغ إن لم يكن.
bank-nobody = لا أحد معروف
bank-why = السبب
bank-class = ما يدفعه
bank-proposed = المقترح
bank-decided = ما تقرر
bank-decided-by = بقرار
bank-match = تقييده
bank-match-means = يذهب المبلغ كله إلى المؤسسة: أولًا لما عليها ثم إلى محفظتها. ويمكن التراجع.
bank-ignore = ليس لنا
bank-ignore-means = يخرج السطر من الدفاتر: ليس لمحفظة أحد هنا. ويمكن إعادة فتحه.
bank-ignore-hint = لأي شيء المال، أو أنه يُعاد.
bank-undo = إلغاء المطابقة
bank-undo-means = يسحب قيد عكسي المبلغ من المحفظة ما لم يكن محجوزًا، والباقي دين. وينتظر السطر من جديد.
bank-undo-hint = يظهر بجانب القيد في محفظة المؤسسة.
bank-reopen = إعادة فتحه
bank-reopen-means = يُقيد بين الأسطر بلا صاحب وينتظر.
bank-line-matched = قُيد السطر
bank-line-undone = أُلغيت المطابقة والسطر ينتظر
bank-line-ignored = نُحّي السطر
bank-line-reopened = السطر ينتظر من جديد
bank-booked-waits = { $n ->
    [zero] لا سطر ينتظرك.
    [one] سطر واحد ينتظرك.
    [two] سطران ينتظرانك.
    [few] { $n } أسطر تنتظرك.
    [many] { $n } سطرًا ينتظرك.
   *[other] { $n } سطر ينتظرك.
}
bank-rest = { $n ->
    [zero] لا سطر بلا قيد
    [one] سطر واحد لم يُقيد بعد
    [two] سطران لم يُقيدا بعد
    [few] { $n } أسطر لم تُقيد بعد
    [many] { $n } سطرًا لم يُقيد بعد
   *[other] { $n } سطر لم يُقيد بعد
}
bank-line-state = { $word ->
    [new] لم يُقيد بعد
    [unmatched] ينتظر
    [matched] مقيد
    [ignored] منحّى
    [outgoing] لم يصل شيء
   *[other] ? { $word }
}
match-class = { $word ->
    [exact] الباقي تمامًا
    [partial] جزءًا، والباقي منتظر
    [over] أكثر من الباقي، وكله في المحفظة
    [double] ما دُفع من قبل مرة أخرى
    [unmatched] لا شيء معلن
   *[other] ? { $word }
}
match-word = { $word ->
    [reference] يحمل المرجع
    [amount] المبلغ الباقي تمامًا
    [payer_account] من حساب دفع من قبل
    [payer_name] اسم الدافع مطابق
    [paid_before] مدفوع من قبل
    [not_incoming] لم يصل مال
    [slipped_reference] المرجع مكتوب خطأ
    [unknown_reference] لا أحد له هذا المرجع
    [several_references] يسمي عدة
    [other_currency] أُعلن بعملة أخرى
    [no_reference] بلا مرجع
    [several_items] المحتمل عدة
    [by_hand] قرره شخص
   *[other] ? { $word }
}
line-plan = { $word ->
    [credit] يُقيد
    [wait] ينتظرك
    [known] معروف من قبل
    [refund] يدفع استردادًا
    [keep] يُحفظ فقط
   *[other] ? { $word }
}
statement-format = { $word ->
    [camt_053] CAMT.053 (ISO 20022)
    [mt940] MT940 (SWIFT)
    [csv] جدول (CSV)
   *[other] ? { $word }
}
sheet-title = كيف قُرئ الجدول
sheet-means = تُسمى الأعمدة بعناوينها. وما تقيده يُحفظ للمرة القادمة.
sheet-again = اقرأه هكذا
sheet-delimiter-of = بين الخلايا
sheet-decimals-of = قبل السنتيم
sheet-dates-of = الأيام
sheet-value = تاريخ القيمة
sheet-amount = المبلغ بإشارته
sheet-credit = الوارد
sheet-debit = الصادر
sheet-written = المكتوب، وعدة أعمدة بينها ;
sheet-balance = الرصيد بعده
sheet-delimiter = { $word ->
    [semicolon] فاصلة منقوطة ;
    [comma] فاصلة ,
    [tab] جدولة
    [bar] خط |
   *[other] ? { $word }
}
sheet-decimals = { $word ->
    [point] نقطة .
    [comma] فاصلة ,
   *[other] ? { $word }
}
sheet-dates = { $word ->
    [day_month_year] يوم، شهر، سنة
    [month_day_year] شهر، يوم، سنة
    [year_month_day] سنة، شهر، يوم
   *[other] ? { $word }
}

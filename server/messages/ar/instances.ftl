# حياة المثيل: مراحله وأسبابها مع الخطوة التالية.
phase = { $word ->
    [requested] مطلوب
    [queued] في الطابور
    [scheduling] الجدولة
    [pulling] جلب الصورة
    [starting] الإقلاع
    [running] يعمل
    [degraded] متعثر
    [stopping] قيد الإيقاف
    [stopped] متوقف
    [failed] فشل
    [deleted] محذوف
   *[other] ? { $word }
}
wish = { $word ->
    [running] تشغيل
    [stopped] إيقاف
    [deleted] حذف
   *[other] ? { $word }
}
gpu-kind = { $word ->
    [whole] معالج كامل
    [mig] شريحة MIG
   *[other] ? { $word }
}
instance-reason = { $word ->
    [cluster_unreachable] العنقود لا يستجيب. سيبدأ المثيل تلقائيًا حالما يستجيب.
    [cluster_quota_catching_up] العنقود يأخذ حصتك الجديدة بعين الاعتبار. يستغرق ذلك ثواني.
    [no_free_gpu] لا توجد عقدة بها معالجات كافية شاغرة. سيبدأ حالما تتوفر.
    [pulling_image] العقدة تجلب الصورة. لا شيء مفوتر بعد.
    [image_pull_failed] تعذر جلب الصورة. تحقق من عنوانها ومن صلاحياتك ثم أعد التشغيل.
    [container_starting] الحاوية تقلع. تبدأ الفوترة حين يستجيب المعالج.
    [container_restarting] انتهى البرنامج ويعاد تشغيله. السجلات تبين السبب.
    [node_lost] العقدة لا تستجيب. هذه الثواني غير مفوترة ونحن نعالج الأمر.
    [gpu_lost] انقطع معالج. هذه الثواني غير مفوترة؛ أعد التشغيل للانتقال إلى غيره.
    [node_refused] رفضته العقدة. نجرب عقدة أخرى.
    [policy_refused] قواعد العنقود ترفض هذه الصورة أو إعداداتها. غيّرها ثم أطلق من جديد.
    [pod_deleted] أزاله العنقود. نحن نعيده.
    [deadline_passed] طال الأمر فوق المسموح فتخلينا عنه. لم يُفوتر شيء؛ حاول مجددًا.
    [stopped_by_member] أوقفه أحد الأعضاء. وحدات التخزين محفوظة.
    [stopped_by_staff] أوقفه المركز. السبب في سجل التدقيق.
    [out_of_credit] نفد الرصيد. اشحن المحفظة ثم شغّله من جديد.
    [budget_reached] بلغت ميزانية سقفها. ارفعه ثم شغّله من جديد.
    [payment_overdue] لم يُدفع ما استحق منذ زمن. ادفع من المحفظة ثم شغّله من جديد.
    [stuck_terminating] لا ينتهي وقد تكون عقدته ما تزال حية. المشغّل يعالج الأمر ولا شيء يُفوتر.
    [operator_asked] ينتظر قرار المشغّل. لن يُحذف شيء قبل ذلك.
    [storage_refused] تخزين العنقود يرفض هذا. يبقى ما هو موجود كما هو وتُعاد المحاولة تلقائيًا؛ اسأل المشغّل.
    [volume_held] ما كان يعمل من قبل قد يكتب بعدُ على وحدة تخزينه: عقدته لا تستجيب أو أنه لا ينتهي. سيبدأ المثيل حين يُتيقَّن من انتهائه، وحتى ذلك الحين لا يُفوتر سوى وحدات تخزينه.
    [storage_not_ready] لم يُنشئ العنقود وحدة تخزينه بعد. سيبدأ المثيل حين تكون موجودة.
   *[other] ? { $word }
}
phase-means = { $word ->
    [requested] سُجّل الطلب. يصل إلى العنقود خلال ثوانٍ.
    [queued] ينتظر دوره. لا شيء يُفوتر.
    [scheduling] العنقود يبحث عن عقدة. لا شيء يُفوتر.
    [pulling] العقدة تجلب الصورة. لا شيء مفوتر بعد.
    [starting] الحاوية تقلع. تبدأ الفوترة حين يستجيب المعالج.
    [running] يعمل، والفوترة بالثانية.
    [degraded] كان جاهزًا ولم يعد. هذه الثواني غير مفوترة.
    [stopping] قيد الإيقاف. لم يعد شيء يُفوتر.
    [stopped] لا يشغل أي معالج ولا يكلف شيئًا.
    [failed] تخلينا عنه. لا يشغل أي معالج ولا يكلف شيئًا.
    [deleted] حُذف.
   *[other] ? { $word }
}
note-said = كُتب: «{ $note }»
event-said = آخر حدث في العنقود، { $ago }: { $message }.
event-none = لم يقل العنقود عنه شيئًا بعد.
deadline-at = نتخلى عنه { $ahead } إن لم يتغير شيء.
updated-seconds = حُدِّث قبل { $s } ث
updated-ended = لم يعد شيء يُحدَّث. أعد تحميل الصفحة.
station-after = +{ $seconds } s
instances-beneath = ما أطلقته مؤسستك، مباشرة من العنقود.
instance = المثيل
instance-gpu = المعالج
instance-phase = الحالة
instance-reason-and-next = السبب والخطوة التالية
instance-launched = أُطلق
instances-none = لا شيء يعمل بعد
instances-none-means = اختر معالجًا، واطّلع على السعر ووقت الانطلاق، ثم اضغط. يستغرق ذلك نحو دقيقتين.
instances-none-here = لا مثيل يطابق التصفية
instances-show-all = إظهار الكل
any-phase = كل الحالات
any-project = كل المشاريع
project = المشروع
units-of = { $units } × { $flavour }
act-stop = إيقاف
act-start = تشغيل
act-restart = إعادة تشغيل
act-delete = حذف
did-stop = { $name } قيد الإيقاف
did-stop-means = توقفت الفوترة بالفعل. شغّله من جديد متى شئت.
did-start = { $name } قيد التشغيل
did-start-means = تبدأ الفوترة حين يستجيب المعالج.
did-restart = يعاد تشغيل { $name }
did-delete = حُذف { $name }
did-delete-means = يمكنك التراجع حتى { $moment }.
did-undo = عاد { $name } وهو متوقف
did-undo-means = شغّله متى شئت؛ قد يقع على عقدة أخرى.
did-launch = أُطلق { $name }
did-launch-means = هذه الصفحة تتابعه. تبدأ الفوترة حين يستجيب المعالج.
delete-consequence = تنتهي الفوترة الآن ويتحرر المعالج. يضيع ما كتبته الحاوية على قرصها. يمكنك التراجع خلال 24 ساعة، فيعود متوقفًا.
cost-so-far = الكلفة حتى الآن
cost-metered = بالثانية · دون الضريبة
cost-whole = { $billed } مفوترة، { $unbilled } غير مفوترة
cost-none-yet = لم تُقس أي ثانية بعد.
interval-from = من
interval-length = المدة
interval-what = مفوتر أو سبب عدمه
attempt-number = المحاولة { $n }
logs = السجلات
logs-live = مباشر
logs-none = لم يُكتب شيء بعد.
logs-no-container = لا حاوية للقراءة منها. تظهر الأسطر حالما تقلع واحدة.
logs-unreachable = العنقود لا يستجيب، فلا يمكن قراءة سجلاته الآن.
logs-forbidden = قد تحوي السجلات أسرارًا، فلا يقرؤها إلا المالك والمدير والمطوّر.
details = التفاصيل
image = الصورة
environment = البيئة
ports = المنافذ
node = العقدة
cluster = العنقود
launched-by = أطلقه
template = القالب
restarts = إعادات تشغيل الحاوية
price-now = السعر الحالي
identifier = المعرّف
same-by-api = الإطلاق نفسه عبر واجهة البرمجة
same-by-api-means = أرسل معه ملف الارتباط أو رمزًا. المفتاح يجعل النداء المكرر إطلاقًا واحدًا.
undo-until = محذوف. يمكنك التراجع حتى { $moment }.
line-label = { $name }: مساره حتى الآن
# وحدات التخزين: تبقى بعد المثيلات.
nav-volumes = وحدات التخزين
volumes-beneath = تخزين يبقى بعد مثيلاتك. يُحتسب بالغيغابايت والساعة، منذ أن يوجد إلى أن تحذفه.
volumes-none = لا وحدة تخزين بعد
volumes-none-means = تحفظ وحدة التخزين البيانات حين يتوقف المثيل. أنشئ واحدة هنا أو مع إطلاق.
volume = وحدة تخزين
volume-name = الاسم
volume-name-hint = من 1 إلى 40 رمزًا، من حروف لاتينية صغيرة وأرقام وشرطات: وهو المجلد تحت ‎/volumes‎.
volume-size = الحجم
volume-size-hint = يمكن أن تكبر لاحقًا، ولا تصغر أبدًا.
volume-unit = GiB
volume-capacity = الموجود الآن
volume-state = الحالة
volume-state-means = وضعها
volume-reason = السبب
volume-said = جواب العنقود
volume-mounted-by = موصولة بـ
volume-mounted-by-none = لا أحد
volume-place = المجلد
volume-per-hour = الثمن دون ضريبة
volume-per-hour-there = ثمن الموجود منها دون ضريبة
volume-made-on = أُنشئت
volume-id = المعرّف
volume-make = إنشاء وحدة تخزين
volume-price = ثمن كل GiB هو { $rate } دون ضريبة.
volume-make-means = يُخصَّص ثمنها فورًا ({ $span }): حين ينتهي مالك تتوقف الحوسبة أولًا وتعيش الوحدة من ذلك.
volume-no-price = لا سعر للتخزين حاليًا.
volume-no-project = لست في أي مشروع مفتوح.
volume-made = يجري إنشاء { $name }
volume-made-means = لا يُحتسب شيء قبل أن توجد.
volume-grow = تكبيرها
volume-grow-means = يُحتسب الحجم الجديد منذ أن يكبّرها العنقود.
volume-grow-back = اطلب { $size } لتبقى كما هي.
volume-grown = يجري تكبير { $name }
volume-grown-means = يبقى ما فيها كما هو أثناء ذلك.
volume-refused-means = لم تُكبَّر. ويُفوتر الموجود منها كما كان.
volume-delete-consequence = يُحذف كل ما فيها. يمكنك التراجع خلال 24 ساعة، ثم لا رجعة.
volume-deleted = حُذفت { $name }
volume-deleted-means = لم يعد يُحتسب منها شيء. يمكنك التراجع حتى { $moment }.
volume-undone = عادت { $name }
volume-undone-means = مع كل ما كان فيها.
volume-frozen = مجمّدة
volume-frozen-until = لا أحد يدفع ثمن هذه الوحدة. تُحذف في { $date }.
volume-frozen-means = حتى ذلك الحين تُحفظ دون وصل ودون فوترة. اشحن المحفظة لتعود خلال ثوانٍ.
volume-lifeboat-means = يصلها مثيل واحد في كل مرة. حين ينتهي مالك تعيش مما خُصّص لها، ثم تُجمَّد، ولا تُحذف إلا بعد ثلاثة إشعارات: قبل 14 يومًا و7 أيام ويوم واحد.
volume-phase = { $word ->
    [requested] مطلوبة
    [pending] تنتظر
    [bound] جاهزة
    [resizing] تكبر
    [lost] مفقودة
    [deleting] قيد الحذف
    [deleted] محذوفة
   *[other] ? { $word }
}
volume-phase-means = { $word ->
    [requested] سُجّلت. تصل إلى العنقود خلال ثوانٍ.
    [pending] يبحث العنقود عن التخزين. لا يُحتسب شيء بعد.
    [bound] موجودة، وتُحتسب بالثانية.
    [resizing] تكبر. يُحتسب ما كان لها حتى ذلك الحين.
    [lost] اختفى تخزينها من العنقود. لا يُحتسب شيء؛ اسأل المشغّل.
    [deleting] تجري إزالتها. لم يعد يُحتسب شيء.
    [deleted] محذوفة.
   *[other] ? { $word }
}
launch-storage = التخزين
launch-volume = وحدة تخزين
launch-volume-none = لا شيء
launch-volume-hint = تكون في المجلد ‎/volumes‎ باسمها.
launch-new-volume = اسم وحدة تخزين جديدة
launch-new-volume-hint = اتركه فارغًا كي لا تُنشأ واحدة.
launch-new-volume-size = حجمها
launch-volume-option = { $name } · { $size }
launch-volume-option-in = { $name } · { $size } · { $project }
launch-mounts = وحدات التخزين
launch-makes = وحدة تخزين جديدة
launch-makes-at = { $volume }، { $rate } دون ضريبة
launch-lifeboat = المحجوز لها
launch-lifeboat-for = { $amount } مع الضريبة ({ $span })

# إقفال الشهر، واعتماد كل مسوداته.
close-months = إقفال الأشهر
close-months-beneath = يُفتح إقفال الشهر بعد انتهائه، ويُصلَح سطرًا سطرًا، ثم يُقفل: بعدها لا يُقيَّد فيه شيء.
close-month = الشهر
close-month-state = { $word ->
    [running] جارٍ
    [unopened] انتهى
    [open] قيد الإقفال
    [closed] مقفل
   *[other] ? { $word }
}
close-opened-by = فتحه
close-closed-by = أقفله
close-open = افتح الإقفال
close-open-means = بعدها يرى الجميع ما ينقص. لا يتغيّر شيء للعملاء.
close-opened = فُتح إقفال { $month }
close-closed = أُقفل { $month }
close-of = إقفال { $month }
close-checklist = قائمة التحقق
close-checklist-means = يُعدّ كل سطر من جديد من قاعدة البيانات عند فتح الصفحة، ومرة أخرى عند الإقفال. لا يُؤشَّر على أي سطر باليد.
close-progress = { $done } من { $all } أسطر سليمة
close-holds = سليم
close-stands-in-the-way = { $count }: { $means }
close-check = { $word ->
    [clusters] كل عنقود معروف حتى نهاية الشهر
    [periods] كل فترة مقفلة
    [drafted] لكل فترة مقفلة مسودتها
    [review] نُظر في كل سبب للنظر
    [bank] لا سطر من كشوف البنك ينتظر
    [provider] نحن ومزود الدفع متفقان
    [drafts] كل مسودة نهائية
    [balance] ميزان المراجعة صفر ويساوي دفتر الأستاذ
    [rules] كل قاعدة أخرى في الدفاتر سليمة
   *[other] ? { $word }
}
close-check-open = { $word ->
    [clusters] عناقيد لم يصل خبرها بعد؛ انتظرها أو تنازل عنها
    [periods] فترات لم تُقفل بعد
    [drafted] فترات مقفلة بلا مسودة
    [review] مسودات لم ينظر أحد في أسبابها
    [bank] أسطر كشوف لم يقرر فيها أحد
    [provider] ملاحظات تنتظر الفحص
    [drafts] مسودات تنتظر الاعتماد
    [balance] مواضع تختلف فيها المجاميع؛ اتصل بالمشغّل قبل المتابعة
    [rules] قواعد مخالَفة؛ اتصل بالمشغّل قبل المتابعة
   *[other] ? { $word }
}
close-close = أقفل الشهر
close-ask-means = فُوتر { $amount }، وهو فوق ما يقفله شخص وحده. يوقّع شخص آخر من المالية على الشهر كما هو؛ فإن تغيّر وُقّع من جديد.
close-close-means = كل الأسطر سليمة. بعد الإقفال لا يُقيَّد شيء في الشهر؛ وما يأتي لاحقًا يحمل تاريخ قيده.
close-is-closed = الشهر مقفل. تبقى قائمة التحقق كما كانت حينها.
close-runs = لم ينتهِ الشهر بعد.
close-forbidden = المالية وحدها تُقفل الأشهر.
close-waits-for = ينتظر: { $check }
close-finalise-all = اعتمد كل المسودات
close-finalise-means = يرقّم المسودات حتى نهاية الشهر التي لا تحتاج إلى نظر، واحدة تلو الأخرى. تُترك المسودات التي لم ينظر أحد في أسبابها، ويُبلَّغ عمّا تغيّر.
close-all-currencies = كل العملات
close-no-drafts = لا توجد مسودة.
close-run-begun = بدأ اعتماد المسودات
close-run-stopped = أُوقف: لا تُبدأ مسودة أخرى
close-run-of = اعتماد مسودات { $month }
close-run-beneath = يستمر من تلقاء نفسه، ولو غادرت هذه الصفحة أو أُعيد تشغيل البوابة. أعد تحميل الصفحة لترى القائمة كما هي الآن.
close-run-state = { $word ->
    [running] مستمر
    [stopped] متوقف
    [ended] انتهى
   *[other] ? { $word }
}
close-run-counts = { $done } من { $all } نهائية.
close-run-left = تعذّر: { $failed }. تحتاج إلى نظر: { $left }. تنتظر: { $waiting }.
close-run-stop = أوقف
close-asked-by = طلبه
close-over-at = انتهى منذ
close-for-people = ما ينتظر نظرك
close-for-people-means = افتح المسودة وانظر فيها واعتمدها هناك، أو اطلب كل المسودات مرة أخرى.
close-for-nobody = لا شيء حتى الآن.
close-item-state = { $word ->
    [waiting] تنتظر
    [done] نهائية
    [failed] تعذّرت
    [left] تحتاج إلى نظر
   *[other] ? { $word }
}
close-looks = ما نُظر فيه
close-look = نظرتُ
close-look-hint = ما وجدته، للمدقق: من 1 إلى 500 حرف.
close-looked = سُجّل: نُظر في أسبابها
close-findings = ملاحظات المدفوعات
close-findings-beneath = هنا يختلف ما يقوله مزود الدفع عمّا قيّدناه. لم يُضف شيء منه إلى رصيد.
close-finding = { $word ->
    [amount_differs] مبلغ غير الذي عرضناه
    [unknown_payment] دفعة لا نعرفها
    [not_at_provider] لم تُدفع، كما يقول المزود
    [unreadable_event] إشعار لا يُقرأ
    [refund_differs] استرداد بمبلغ غير الذي طلبناه
    [unknown_refund] مال عاد من دوننا: استرداد، أو اعتراض من صاحب البطاقة
   *[other] ? { $word }
}
close-finding-of = اسمها عند المزود
close-found-at = وُجدت
close-finding-first = افحص الأولى
close-finding-hint = ما كانت وما الذي فُعل: من 1 إلى 500 حرف.
close-finding-settle = سجّلها
close-finding-settled = فُحصت الملاحظة
close-no-findings = لا ملاحظة مفتوحة
close-no-findings-means = نحن والمزود متفقان. يُقارَن الجانبان كل ساعة.

# أسطر الفواتير المعترض عليها: جانب العميل وجانب المركز.
disputes = الأسطر المعترض عليها
disputes-beneath = أسطر الفواتير التي طلبتم من المركز النظر فيها، الأحدث أولًا.
disputes-none = لا اعتراض
disputes-none-means = إذا كان سطر في فاتورة نهائية خاطئًا فافتحه وقل ذلك: يظهر الجواب هنا.
dispute-state = { $word ->
    [open] ينتظر جوابًا
    [credited] صدر به إشعار دائن
    [refused] رُفض
    [withdrawn] سُحب
   *[other] ? { $word }
}
dispute-of = السطر { $line } من الفاتورة { $invoice }
dispute-line = السطر
dispute-state-of = الحالة
dispute-opened = تاريخ الاعتراض
dispute-opened-by = المعترض
dispute-amount = المعترض عليه قبل الضريبة
dispute-total = كإشعار دائن مع الضريبة
dispute-reason = ما الخطأ
dispute-answer = جواب المركز
dispute-answered-at = تاريخ الجواب
dispute-withdrawn-at = تاريخ السحب
dispute-see-line = افتح السطر
dispute-contest = اعترض على هذا السطر
dispute-contest-means = ينظر المركز في الثواني المجاورة ويجيب بإشعار دائن أو برفض مكتوب. يمكن الاعتراض على أسطر هذه الفاتورة حتى { $until }.
dispute-contest-amount = مبلغ من السطر
dispute-contest-amount-hint = قبل الضريبة وقبل هبات المركز. فارغ: كل ما بقي من السطر.
dispute-contest-reason-hint = ذكر الخوادم والأوقات يساعد. من 1 إلى 500 حرف.
dispute-contest-who = يعترض على السطر مالك المؤسسة أو مديرها أو مسؤول فواتيرها.
dispute-contest-over = كان الاعتراض على أسطر هذه الفاتورة ممكنًا حتى { $until }.
dispute-contested = سُجل الاعتراض على السطر
dispute-contested-means = يجيب المركز، ويصلكم الجواب برسالة.
dispute-withdraw = اسحب الاعتراض
dispute-withdraw-means = يبقى السطر كما فُوتر. ويمكن الاعتراض عليه من جديد ما دامت المهلة قائمة.
dispute-withdrawn = لم يعد السطر معترضًا عليه
staff-disputes-beneath = ما يعترض عليه العملاء، الأقدم انتظارًا أولًا.
staff-disputes-none = لا اعتراض هنا
staff-disputes-none-means = يعترض العملاء على السطر من فاتورتهم.
staff-disputes-all = الكل
staff-dispute-of = السطر { $line } من { $invoice }، { $name }
staff-dispute-left = المتبقي من السطر
staff-dispute-answer = الجواب
staff-dispute-means = يسترجع الإشعار الدائن المبلغ بضريبته ويصدر فورًا. والرفض يترك السطر كما هو. وفي الحالين تُبلَّغ برسالة من يعتني بمال المؤسسة.
staff-dispute-amount = المبلغ المسترجع
staff-dispute-amount-hint = قبل الضريبة وقبل هبات المركز، وعلى الأكثر ما اعتُرض عليه. فارغ: كله. والرفض لا يحتاج مبلغًا.
staff-dispute-reason-hint = يقرؤه العميل ويظهر على الإشعار الدائن. من 1 إلى 500 حرف.
staff-dispute-credit = أصدر إشعارًا دائنًا
staff-dispute-refuse = ارفض كتابةً
staff-dispute-credited = صدر الإشعار الدائن { $number }
staff-dispute-refused = يبقى السطر كما فُوتر
staff-dispute-told = تُبلَّغ { $name } برسالة.
staff-dispute-forbidden = المالية هي التي تجيب عن الاعتراضات.

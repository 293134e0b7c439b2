# سلّم الديون: ما يحدث حين لا يُدفع شيء، ورسائله، ومكتب المالية.
dunning-title = حين لا يُدفع المستحق
dunning-beneath = ما يحدث إن بقي المستحق دون دفع، ومتى. الخطوات واحدة للجميع، والدفع ينهيها فورًا.
dunning-steps = الخطوات
dunning-step = { $word ->
    [first_letter] تذكير
    [second_letter] رسالة ثانية
    [last_letter] الرسالة الأخيرة
    [refused] لا ينطلق شيء جديد
    [stopped] يُوقَف ما يعمل
   *[other] ?{ $word }
}
dunning-step-means = { $word ->
    [first_letter] ربما نُسي الأمر: رسالة تقول ما بقي وكيف يُدفع.
    [second_letter] رسالة تقول متى سيُرفض الانطلاق.
    [last_letter] رسالة تقول اليوم الذي لا ينطلق شيء جديد ابتداءً منه.
    [refused] يُرفض كل انطلاق. ما يعمل يستمر، ورسالة تقول اليوم الذي يُوقَف فيه.
    [stopped] تُوقَف كل المثيلات. تُحفظ وحدات التخزين، وما يُدفع عنه يعود إلى العمل.
   *[other] ?{ $word }
}
dunning-after = { $days ->
    [zero] في يوم الاستحقاق.
    [one] بعد يوم من الاستحقاق.
    [two] بعد يومين من الاستحقاق.
    [few] بعد { $days } أيام من الاستحقاق.
    [many] بعد { $days } يومًا من الاستحقاق.
   *[other] بعد { $days } يوم من الاستحقاق.
}
dunning-done = تمّ
dunning-done-on = تمّ في { $at }.
dunning-will = في { $at }، إن لم يُدفع شيء قبل ذلك.
dunning-due = متى يستحق المبلغ
dunning-due-means = في الدفع اللاحق تستحق الفاتورة في اليوم المكتوب عليها. وما كلّفه الاستعمال فوق رصيد مدفوع مسبقًا يستحق في يوم تسجيله. المال القادم يسدد الجزء الأقدم أولًا.
dunning-how = كيف تدفع
dunning-how-means = بتحويل مصرفي أو ببطاقة، من المحفظة. ينهي التحويل الخطوات حين يصلنا، والبطاقة فورًا. لا تستطيع الدفع في الوقت؟ اكتب إلى مالية المركز قبل الخطوة القادمة: يمكنها تعليق الخطوات إلى يوم تحدده.
dunning-overdue = مبلغ { $amount } متأخر
dunning-overdue-since = استحق الجزء الأقدم في { $day }.
dunning-refused-now = لا ينطلق شيء جديد قبل دفعه.
dunning-next = { $step ->
    [first_letter] يليه تذكير في { $at }.
    [second_letter] تليه رسالة ثانية في { $at }.
    [last_letter] تليه الرسالة الأخيرة في { $at }.
    [refused] ابتداءً من { $at } لا ينطلق شيء جديد.
    [stopped] في { $at } يُوقَف ما يعمل.
   *[other] ?{ $step } { $at }
}
dunning-rests = علّقت مالية المركز الخطوات إلى { $at }.
dunning-nothing = لا شيء متأخر
dunning-nothing-means = تُحسب الأيام أدناه من يوم الاستحقاق.
dunning-see = ما يحدث حين لا يُدفع المستحق
refusal-payment-overdue = مبلغ { $owed } متأخر، فلا ينطلق شيء جديد.
refusal-payment-overdue-next = ادفعه من المحفظة: يعود الانطلاق ممكنًا فور وصول المال.
refusal-pause-too-long = تُعلَّق الخطوات تسعين يومًا على الأكثر.
refusal-pause-too-long-next = اختر يومًا أقرب.
refusal-nothing-overdue = لا شيء متأخر على هذه المؤسسة.
refusal-nothing-overdue-next = ليس هناك ما يُعلَّق. أعد تحميل الصفحة: ربما دفعت للتو.
refusal-dunning-not-paused = خطوات هذه المؤسسة غير معلّقة.
refusal-dunning-not-paused-next = أعد تحميل الصفحة: ربما انتهى التعليق.
verdict-payment_overdue = مبلغ { $owed } متأخر: لا ينطلق شيء جديد قبل دفعه.
letter-dunning = { $step ->
    [first_letter] { $organisation }: بقي { $amount } للدفع
    [second_letter] { $organisation }: ما زال { $amount } للدفع
    [last_letter] { $organisation }: ادفع { $amount } قبل أن يُرفض الانطلاق
    [refused] { $organisation }: لا ينطلق شيء جديد قبل دفع { $amount }
   *[stopped] { $organisation }: أُوقف ما كان يعمل، ولم يُدفع { $amount }
}
letter-dunning-owed = { $step ->
    [first_letter] استحق { $amount } في { $due } ولم يصلنا. ربما نُسي، أو أن تحويلك في الطريق: فلا داعي حينئذ لهذه الرسالة.
    [second_letter] { $amount } مستحق منذ { $due }، وقد كتبنا إليك بشأنه.
    [last_letter] { $amount } مستحق منذ { $due }. هذه آخر رسالة قبل أن يُرفض شيء.
    [refused] { $amount } مستحق منذ { $due }. من الآن لا ينطلق شيء جديد. ما يعمل يستمر إلى حين.
   *[stopped] { $amount } مستحق منذ { $due }. أُوقف اليوم ما كان يعمل، كما كتبنا.
}
letter-dunning-invoices = غير المدفوع: { $invoices }.
letter-dunning-usage = هو استعمال فوق رصيد محفظتك.
letter-dunning-pay = ادفع بتحويل مصرفي أو ببطاقة من المحفظة؛ تبيّن الصفحة المرجع الذي يحتاجه التحويل. فور وصول المال ينتهي كل هذا من تلقاء نفسه.
letter-dunning-next = { $step ->
    [first_letter] إن لم يصل شيء، نكتب إليك مجددًا في { $next }.
    [second_letter] إن لم يصل شيء، تليه رسالة أخيرة في { $next }؛ وبعدها يُرفض الانطلاق.
    [last_letter] إن لم يصل شيء، لا ينطلق شيء جديد ابتداءً من { $next }. لا تستطيع الدفع قبل ذلك؟ اكتب إلينا قبله.
    [refused] إن لم يصل شيء، يُوقَف كل ما يعمل في { $next }. لا تستطيع الدفع قبل ذلك؟ اكتب إلينا قبله.
   *[stopped] تُحفظ وحدات التخزين. ادفع ثم شغّل من جديد. لا تستطيع الدفع؟ اكتب إلينا.
}
letter-dunning-stopped = { $stopped ->
    [zero] لم يُوقَف أي مثيل. { $names }
    [one] أُوقف مثيل واحد: { $names }.
    [two] أُوقف مثيلان: { $names }.
    [few] أُوقفت { $stopped } مثيلات: { $names }.
    [many] أُوقف { $stopped } مثيلًا: { $names }.
   *[other] أُوقف { $stopped } مثيل: { $names }.
}
letter-dunning-way = ادفع من المحفظة
staff-dunning = المتأخرات
staff-dunning-beneath = من لم يدفع ما استحق، الأقدم أولًا، وأين يقف كلٌّ من الخطوات المنشورة.
staff-dunning-none = لا شيء متأخر
staff-dunning-none-next = من لا يدفع في الوقت يظهر هنا في اليوم التالي.
staff-dunning-due = استحق في
staff-dunning-step = آخر خطوة
staff-dunning-no-step = لا خطوة بعد
staff-dunning-next = النظر القادم
staff-dunning-case = متأخر: { $name }
staff-dunning-rests = معلّق إلى { $at }
staff-dunning-rest = علّق الخطوات
staff-dunning-rest-means = وعد أحدهم بالدفع. إلى اليوم الذي تحدده لا تُتخذ خطوة ولا يُرفض انطلاق بسبب هذا الدين؛ ثم تستمر الخطوات من حيث وقفت. وما أُوقف يُوقَف مجددًا.
staff-dunning-until = تستمر في
staff-dunning-until-hint = في التاسعة صباحًا؛ خلال تسعين يومًا.
staff-dunning-hint = من وعد بماذا، ومتى. يبقى ذلك في سجل المؤسسة.
staff-dunning-rested = خطوات { $name } معلّقة إلى { $at }
staff-dunning-go-on = دعها تستمر الآن
staff-dunning-go-on-means = يأتي النظر القادم فورًا، وتُتخذ معه الخطوة التي حان يومها.
staff-dunning-going = خطوات { $name } مستمرة
staff-dunning-why = سبب التعليق
staff-dunning-by = من علّقها
staff-dunning-forbidden = المالية وحدها تعلّق خطوات الدين.

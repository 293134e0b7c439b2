refund = استرداد
refunds = الاستردادات
refunds-of = استردادات { $name }
refunds-beneath = مال من المحفظة يعود إلى البطاقة أو الحساب الذي جاء منه.
refund-give = إعادة المال
refund-nothing = لا شيء يمكن أن يعود
refund-nothing-means = لا يعود إلا ما جاء بالبطاقة أو بالتحويل ولم يعد من قبل وبقي حرًا في المحفظة. ما يعمل الآن يحجز جزءًا منه: أوقفه أولًا.
refund-what = من ماذا
refund-what-hint = يعود من حيث جاء.
refund-source = { $rail ->
    [card] بطاقة، { $date }: جاء { $amount }، ويمكن أن يعود حتى { $most }
   *[transfer] تحويل، { $date }: جاء { $amount }، ويمكن أن يعود حتى { $most }
}
refund-amount = المبلغ
refund-amount-hint = بسنتيمات كاملة، مثل 1250.50؛ واتركه فارغًا لكل ما يمكن أن يعود.
refund-reason-hint = تقرؤه المؤسسة.
refund-means = يغادر المال المحفظة فورًا. ترى ما سيحدث قبل أن يحدث.
refund-see = انظر الأثر
refund-would = ما سيحدث
refund-nothing-yet = لم يُقيَّد شيء بعد.
refund-final = يُبلَّغ مزوّد البطاقة فورًا، وتُبلِّغ أنت البنك: لا يمكن إيقافه بعد ذلك.
refund-now = أعِده الآن
refund-ask-to-sign = يتجاوز هذا ما يعيده شخص وحده. يوقّع شخص آخر من المالية على هذا بعينه.
refund-where = الوجهة
refund-rail = { $rail ->
    [card] بطاقة
   *[transfer] حساب بنكي
}
refund-to = { $rail ->
    [card] بطاقة تنتهي بـ { $ends }
   *[transfer] حساب ينتهي بـ { $ends }
}
refund-came = جاء
refund-before = عاد من قبل
refund-balance-after = الرصيد بعده
refund-free-after = الحر بعده
refund-payee = المستفيد
refund-account = الحساب
refund-account-unknown = ليس في الكشف: اسأل البنك عمن دفع
refund-asked = يعود { $amount }
refund-asked-next = { $rail ->
    [card] يُبلَّغ مزوّد البطاقة الآن؛ وتحتاج البنوك إلى خمسة حتى عشرة أيام.
   *[transfer] يبقى على مكتب الاستردادات حتى يدفعه البنك.
}
refunds-none = لم يعد شيء بعد
refunds-none-means = تظهر الاستردادات هنا مع ما آلت إليه.
refund-asked-at = طُلب
refund-state-of = الحالة
refund-state = { $word ->
    [wanted] يبدأ
    [sent] أُبلغ
    [waits] في الطريق
    [to_pay] ينتظر الدفع
    [succeeded] دُفع
    [failed] فشل وعاد إلى المحفظة
   *[other] ? { $word }
}
refund-of = استرداد { $amount }
refunds-to-pay = على البنك دفعها
refunds-to-pay-none = لا شيء للدفع
refunds-to-pay-none-means = تنتظر استردادات التحويلات هنا حتى يقول كشف، أو تقول أنت، إن البنك دفعها.
refunds-all = كل الاستردادات
refund-reference = المرجع
refund-line = دفعه
refund-line-see = سطر من كشف
refund-failure = لماذا لم يتم
refund-paid = دفعه البنك
refund-paid-done = قُيِّد خروجه من البنك
refund-paid-means = ادفعه في بنكك بهذا المرجع نفسه: عندئذ يقول الكشف من تلقائه إنه دُفع. قله هنا إن لم يقله كشف.
refund-paid-on = دُفع في
refund-paid-on-hint = اليوم الذي قيّده فيه البنك، وليس بعد اليوم.
refund-call-off = إلغاؤه
refund-called-off = أُلغي وعاد المال إلى المحفظة
refund-call-off-means = فقط إن لم يدفعه البنك ولن يدفعه: يعود المال إلى المحفظة.
refund-call-off-hint = تقرؤه المؤسسة.
entry-refund = { $rail ->
    [card] استرداد إلى بطاقة تنتهي بـ { $ends }
   *[transfer] استرداد إلى حساب ينتهي بـ { $ends }
}
letter-refund-paid = عاد { $amount } من { $organisation }
letter-refund-paid-where = { $rail ->
    [card] في { $at } أعدنا { $amount } من محفظة { $organisation } إلى البطاقة التي دفعته. وقد يحتاج بنكها إلى خمسة حتى عشرة أيام ليظهره.
   *[transfer] دُفع { $amount } من محفظة { $organisation } إلى الحساب الذي جاء منه.
}
letter-refund-ends = { $rail ->
    [card] تنتهي البطاقة بـ { $ends }.
   *[transfer] ينتهي الحساب بـ { $ends }.
}
letter-refund-failed = لم يمكن أن يعود { $amount } من { $organisation }
letter-refund-failed-when = أردنا إعادة { $amount } ولم يمكن دفعه. وفي { $at } أُعيد إلى محفظة { $organisation }.
letter-refund-failed-means = لم يضع شيء، ويُستعمل كما كان. اكتب إلى المركز إن وجب أن يعود بطريق آخر.

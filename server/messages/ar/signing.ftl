sign-offs = توقيعان
sign-offs-beneath = ما تجاوز حدّه يُنجز بعد أن يوقّع شخص ثانٍ من المركز على ذلك بعينه.
sign-offs-waiting = ما ينتظر أو وُقّع
sign-offs-none = لا شيء ينتظر شخصًا ثانيًا
sign-offs-none-means = من يُنهي فاتورة أو يشطب دينًا أو يعيد مالًا أو يقفل شهرًا فوق الحد يطلب التوقيع هناك، فيظهر هنا.
sign-off-what = ماذا
sign-off-amount = المبلغ
sign-off-asked = طُلب
sign-off-state-label = الحالة
sign-off-by = من { $name }
sign-off-signed-by = وقّعه { $name }
sign-off-kind = { $word ->
    [finalise] إنهاء فاتورة
    [refund] رد مبلغ
    [write_off] شطب دين
    [close] إقفال شهر
   *[other] ? { $word }
}
sign-off-state = { $word ->
    [open] ينتظر
    [signed] موقّع
    [refused] مرفوض
    [withdrawn] مسحوب
    [voided] لاغٍ
    [used] أُنجز
   *[other] ? { $word }
}
sign-off-of = { $kind }: { $name }
sign-off-see-draft = انظر المسودة
sign-off-see-refunds = انظر الاستردادات
sign-off-see-debts = انظر ما هو مستحق
sign-off-digest = بصمة ما يُوقّع عليه
sign-off-of-invoice = من الفاتورة
sign-off-decide = القرار
sign-off-sign = وقّع
sign-off-sign-means = توقّع على هذا بعينه. فإن تغيّر قبل إنجازه بطل توقيعك.
sign-off-refuse = ارفض
sign-off-refuse-hint = يقرؤه من طلب، من 1 إلى 500 حرف.
sign-off-withdraw = اسحب الطلب
sign-off-yours = أنت من طلب، فيوقّع غيرك من المالية.
sign-off-forbidden = المالية هي التي توقّع.
sign-off-now-signed = وُقّع
sign-off-now-signed-means = يمكن الآن لأي شخص من المالية إنجاز ما طُلب له.
sign-off-now-refused = رُفض
sign-off-now-refused-means = يجد من طلب السبب هنا.
sign-off-now-withdrawn = سُحب الطلب
sign-off-ask = اطلب توقيعًا ثانيًا
sign-off-ask-means = يتجاوز هذا ما يُنهيه شخص وحده. يوقّع شخص آخر من المالية على هذه الوثيقة بعينها، فإن تغيّرت وجب التوقيع من جديد.
sign-off-waits = طُلب توقيع ثانٍ، ويوقّعه شخص آخر من المالية.
sign-off-open = انظر التوقيع
sign-off-now-asked = طُلب توقيع ثانٍ
sign-off-now-asked-means = يجده شخص آخر من المالية تحت «توقيعان».
sign-off-limits = الحدود
sign-off-limits-means = الحد الأشد يسري فورًا، والأوسع يسري بعد موافقة شخص آخر من المالية.
sign-off-alone = شخص وحده
sign-off-any-amount = أي مبلغ
sign-off-up-to = حتى { $amount }
sign-off-limit-waits = طلبه { $name }: { $amount }
sign-off-limit-acts = ما العمل
sign-off-limit-agree = وافق
sign-off-limit-withdraw = اسحب
sign-off-limit-set = حدّد الحد
sign-off-limit-kind = لماذا
sign-off-limit-currency = العملة
sign-off-limit-amount = شخص وحده حتى
sign-off-limit-amount-hint = فارغ: أي مبلغ، فلا يوقّع أحد.
sign-off-limit-now-set = يسري الحد
sign-off-limit-now-waits = ينتظر الحد شخصًا آخر من المالية
sign-off-limit-now-withdrawn = يبقى الحد كما هو
write-offs = الديون المشطوبة
write-offs-of = الديون المشطوبة لـ { $name }
write-offs-beneath = ما لن يدفعه أحد يُتخلى عنه هنا: لا يعود مستحقًا، ويظهر في الدفاتر مشطوبًا.
write-off-owed = المستحق الآن
write-off-of-none = من غير فاتورة
write-off-which = من أي فاتورة
write-off-option = { $number } – بقي { $amount }
write-off-option-none = بلا فاتورة – { $amount }
write-off-amount = المبلغ
write-off-amount-hint = على الأكثر ما بقي مستحقًا منها.
write-off-reason-hint = يقرؤه الزبون بجانب حركة المحفظة، من 1 إلى 500 حرف.
write-off-do = اشطب
write-off-means = ينقص الدين بقدره فورًا. وإن جاء المال مع ذلك فاسترد الشطب أولًا.
write-off-nothing = لا شيء يُشطب
write-off-nothing-means = لا شيء مستحق، أو أن المستحق لا يظهر بعد على فاتورة صادرة.
write-off-forbidden = المالية هي التي تشطب.
write-off-done = شُطب { $amount }
write-off-done-means = لم يعد مستحقًا، ويجد المدقق القيد في اليومية.
write-off-none = لم يُشطب شيء
write-off-none-means = ما يُشطب يظهر هنا مع سببه.
write-off-when = متى
write-off-why = لماذا
write-off-undone = استُرد في { $at }: { $reason }
write-off-undo = استرد
write-off-undo-done = عاد { $amount } مستحقًا
write-off-undo-done-means = القيد العكسي في اليومية.
write-off-now = اشطبه الآن
write-off-ask = يتجاوز هذا ما يشطبه شخص وحده. يوقّع شخص آخر من المالية على هذا بعينه.
standing-written-off = المشطوب

# الرصيد ووتيرة الإنفاق والمنح.
balance = الرصيد
balance-lasts = يكفي { $about } بمعدل { $rate } مع الضريبة
balance-still = لا شيء يُنفق حاليًا
balance-out = نفد الرصيد: اشحن المحفظة لتطلق من جديد
top-up = شحن
net = دون الضريبة
balance-granted = ومنح بقيمة { $amount }
balance-long = يكفي أكثر من سنة بمعدل { $rate } مع الضريبة
usage-beneath = ما شُغل ثانيةً بثانية، وما فُوتر منه. المبالغ من الدالة نفسها التي تُنشئ الفاتورة.
usage-days-of = وقت المعالجات حسب اليوم، { $month }
usage-day = اليوم
usage-billed = مفوتر
usage-unbilled = غير مفوتر
usage-so-far = { $month } حتى الآن
usage-not-closed = فاتورته قادمة
usage-used = وقت المعالج
usage-what = ماذا
usage-rate = { $currency } / ساعة
usage-net = الصافي { $currency }
usage-granted = هبة المركز
usage-not-billed = غير مفوتر، والسبب
usage-why = السبب
usage-none = لم تُستعمل أي ثانية في هذه الفترة بعد
usage-none-means = حالما يستجيب معالج أحد المثيلات تظهر ثوانيه هنا.
usage-focus = الاستخدام بصيغة FOCUS 1.2
usage-months = الأشهر
usage-summed = التجميع
usage-by = { $word ->
    [project] حسب المشروع
    [member] حسب العضو
    [flavour] حسب المعالج
   *[other] ? { $word }
}
usage-group = { $word ->
    [project] المشروع
    [member] العضو
    [flavour] المعالج
   *[other] ? { $word }
}
usage-tax = الضريبة { $currency }
usage-by-grants = دفعته المنح { $currency }
usage-by-wallet = دفعته المحفظة { $currency }
usage-wallet = المحفظة مع ما لا يزال مستحقًا
usage-grants = المنح
usage-total = المجموع
usage-paid-means = الصافي والضريبة هما ما دفعته المنح والمحفظة شاملين الضريبة، ويشمل نصيب المحفظة ما لا يزال مستحقًا. في الملف كل مدة حتى جزء من المليون.
usage-program = رمز
usage-left = لم يعد عضوًا
usage-unknown = غير مسجل
usage-month-none = لم يُفوتر شيء في هذا الشهر
usage-month-none-means = اختر شهرًا آخر أعلاه.
wallet-beneath = كل ما دخل وخرج، وما سيدفع تاليًا.
wallet-held = محجوز
wallet-held-means = لما يعمل ولم يُقيَّد بعد
wallet-free = متاح
wallet-free-means = ما يمكن أن يأخذه انطلاق جديد
wallet-credit-limit = سقف الائتمان { $amount }
wallet-burn = الإنفاق
wallet-runs-until = يكفي حتى { $moment }
wallet-settled = قُيّد ما استُعمل قبل { $moment }.
wallet-owed = مبلغ { $amount } مستحق
wallet-owed-means = تجاوز الاستعمال الرصيد. يُسدَّد من التحويل القادم أولًا، ولا ينطلق شيء قبله.
top-up-title = شحن
top-up-means = أعلن عما ستحوله لتحصل على الحساب ومرجع. يظهر المبلغ هنا حين تستورد مالية المركز كشف البنك.
top-up-card = الشحن بالبطاقة
top-up-card-none = هذا المركز لا يقبل البطاقات، والتحويل البنكي هو السبيل.
top-up-card-beneath = تدفع في صفحة لمزوّد البطاقات لدى المركز. يظهر المبلغ في المحفظة فور تأكيده.
top-up-amount = المبلغ
top-up-amount-hint = تُؤخذ الضريبة عند الإنفاق لا الآن.
top-up-go-on = المتابعة إلى الدفع
top-up-waiting = لم ينته بعد
top-up-of = شحن بمبلغ { $amount }
top-up-state = الحالة
top-up-asked = طُلب في
top-up-by = طلبه
top-up-look = انظر مجددًا
top-up-pay = الدفع بالبطاقة
top-up-another = شحن جديد
top-up-to-wallet = إلى المحفظة
top-up-is = { $word ->
    [wanted] مطلوب
    [sent] سُئل المزوّد
    [waits] في الطريق
    [needs_person] ينتظر الدفع
    [failed] مرفوض
    [cancelled] ملغى
    [expired] لم يُدفع في الوقت
    [succeeded] في المحفظة
   *[other] ? { $word }
}
top-up-means-of = { $word ->
    [wanted] تُفتح صفحة المزوّد. انظر مجددًا بعد لحظة.
    [sent] لم يجب المزوّد بعد، ويُسأل مجددًا تلقائيًا. انظر مجددًا بعد لحظة، ولا يُدفع شيء مرتين.
    [waits] يقول المزوّد إن الدفع جارٍ. قد يستغرق وقتًا، ولا يلزم أحدًا شيء.
    [needs_person] ادفع في صفحة المزوّد. إن كنت قد دفعت للتو فانظر مجددًا بعد لحظة.
    [failed] لم يُقتطع شيء.
    [cancelled] لم يُقتطع شيء.
    [expired] لم يُقتطع شيء. وإن وصل مال مع ذلك فإنه يصل إلى المحفظة.
    [succeeded] المبلغ بين القيود.
   *[other] ? { $word }
}
top-up-failure = { $word ->
    [card_declined] رُفضت البطاقة. لم يُقتطع شيء؛ اسأل مصرفك أو استعمل بطاقة أخرى.
    [insufficient_funds] لا تغطي البطاقة المبلغ. لم يُقتطع شيء.
    [expired_card] انتهت صلاحية البطاقة. لم يُقتطع شيء.
    [authentication_required] أراد مصرفك التأكد من هويتك. لم يُقتطع شيء؛ حاول مجددًا.
    [expired] لم يؤكد أحد هويته للمصرف في الوقت. لم يُقتطع شيء.
    [organisation_closes] أُغلقت المؤسسة قبل اقتطاع أي شيء.
   *[other] يقول المزوّد: { $word }. لم يُقتطع شيء.
}
top-up-keep-card = احتفظ بهذه البطاقة للشحن التلقائي
cards-title = البطاقات المحفوظة
cards-beneath = يحفظها مزوّد البطاقات لدى المركز، ولا تصل أرقامها إلى هنا أبدًا.
cards-none = لا توجد بطاقة محفوظة.
card-asked = يمكن إدخال البطاقة الآن
card-chosen = هذه البطاقة هي المعتادة من الآن
card-removed = لم تعد البطاقة محفوظة
card-name = { $brand } تنتهي بـ { $last4 }
card-save = حفظ بطاقة
card-save-means = تدخلها في صفحة لمزوّد البطاقات لدى المركز. لا يُقتطع شيء.
card-head = البطاقة
card-expires-head = تنتهي صلاحيتها
card-state-head = الحالة
card-actions = ما يمكن فعله
card-new = بطاقة { $moment }
card-default = المعتادة
card-give = إدخال البطاقة
card-choose = اجعلها المعتادة
card-remove = إزالة
card-is = { $word ->
    [wanted] مطلوبة
    [sent] سُئل المزوّد
    [needs_person] تنتظر إدخالها
    [failed] لم تُحفظ
    [expired] لم تُدخل في الوقت
    [saved] محفوظة
    [removing] قيد الإزالة
    [removed] أُزيلت
   *[other] ? { $word }
}
auto-top-up = الشحن التلقائي
auto-top-up-beneath = حين ينزل المال عمّا تحدده، تشحن بطاقة محفوظة المحفظة، مرة في الساعة على الأكثر.
auto-top-up-none = لا تُشحن المحفظة تلقائيًا.
auto-top-up-agreed = تُشحن المحفظة تلقائيًا من الآن
auto-top-up-left = يمكن اقتطاع { $amount } في هذا الشهر.
auto-top-up-ended = لم تعد المحفظة تُشحن تلقائيًا
auto-top-up-asks = يطلبك مصرفك قبل أن يصل { $amount } إلى المحفظة
auto-top-up-asks-means = ينتظر شحن تلقائي أن يؤكد أحد للمصرف هويته.
auto-top-up-asks-way = المتابعة إلى الدفع
auto-top-up-paused = الشحن التلقائي متوقف مؤقتًا
auto-top-up-paused-means = رُفضت البطاقة مرتين متتاليتين. وافق من جديد، بهذه البطاقة أو بغيرها.
auto-top-up-change = تغيير
auto-top-up-end = إنهاؤه
auto-top-up-state = الحالة
auto-top-up-is = { $word ->
    [on] مفعّل
    [paused] متوقف مؤقتًا
    [off] منتهٍ
   *[other] ? { $word }
}
auto-top-up-below = حين ينزل عن
auto-top-up-below-hint = يُحسب ما في المحفظة ناقصًا الاستعمال الذي لم يُقيَّد بعد.
auto-top-up-amount = المبلغ
auto-top-up-amount-hint = في كل مرة، ومرة في الساعة على الأكثر.
auto-top-up-limit = الحد الأقصى في الشهر
auto-top-up-limit-hint = كل عمليات الشحن التلقائي في شهر تقويمي معًا.
auto-top-up-left-head = الباقي هذا الشهر
auto-top-up-by = وافق عليه
auto-top-up-since = تاريخ الموافقة
auto-top-up-needs-card = يحتاج إلى بطاقة محفوظة.
auto-top-up-consent = أوافق على أن يقتطع المركز هذه المبالغ من هذه البطاقة دون أن يسألني في كل مرة.
auto-top-up-agree = أوافق
lots = المنح
lots-none = لا منحة بعد. تمنحها حاضنة المركز.
lot-name = المنحة
lot-left = المتبقي
lot-of = من { $amount }
lot-scope = تدفع عن
lot-scope-all = كل شيء
lot-scope-projects = { $n ->
    [zero] لا مشروع
    [one] مشروع واحد
    [two] مشروعان
    [few] { $n } مشاريع
    [many] { $n } مشروعًا
   *[other] { $n } مشروع
}
lot-ends = تنتهي
lot-never = لا تنتهي
lot-begins = ابتداء من { $date }
lot-over = انتهت
lot-kind = { $word ->
    [promo] يدفعها المركز
    [sponsored] يدفعها ممول
   *[other] ? { $word }
}
gpu-time = { $span } من { $flavour }
entries = القيود
entries-none = لم يُقيَّد شيء بعد
entries-none-means = تظهر هنا التحويلات والمنح والاستعمال، وكلٌّ مع الرصيد بعده.
entry-when = متى
entry-what = ماذا
entry-amount = المحفظة
entry-lots = المنح
entry-balance = الرصيد بعده
entry-usage = من { $from } حتى { $through }
entry-kind = { $word ->
    [top_up] مبلغ وارد
    [grant] منحة
    [undo] منحة مستردة
    [settlement] استعمال
    [expiry] منحة منتهية
    [invoice] فاتورة
    [credit_note] إشعار دائن
    [unmatched] مبلغ بلا صاحب معروف
    [transfer_undone] تحويل مسترد
    [withholding] حجز في المنبع
    [withholding_undone] إلغاء حجز
    [write_off] دين مشطوب
    [write_off_undone] دين مشطوب عاد مستحقًا
    [refund] استرداد
    [refund_undone] فشل استرداد وعاد المال
    [refund_paid] دفع البنك استردادًا
   *[other] ? { $word }
}
top-up-by-transfer = شحن بتحويل بنكي
transfers = التحويلات
transfers-beneath = الشحن بتحويل بنكي: ما أُعلن وما يُنتظر وما وصل.
transfers-none = لم يُعلن عن تحويل بعد
transfers-none-means = أعلن عن تحويل: تحصل على الحساب ومرجع يصل به المبلغ إلى المحفظة.
transfer-announce = الإعلان عن تحويل
transfer-announce-means = تحصل على فاتورة أولية فيها الحساب ومرجع خاص. لا يُقيد شيء قبل وصول المبلغ.
transfer-who = يعلن المالكون والمديرون والفوترة عن التحويلات.
transfer-amount = المبلغ
transfer-amount-hint = بالسنتيم الصحيح، مثل 1250.50.
transfer-announced = أُعلن عن التحويل
transfer-announced-means = حوّل المبلغ بهذا المرجع تمامًا: فهو يقول لمن المال.
transfer-reference = المرجع
transfer-state-of = الحالة
transfer-announced-on = الإعلان
transfer-paid = وصل
transfer-missing = الباقي
transfer-beneath = ما تقوله لبنكك. الصفحة صالحة للطباعة.
transfer-proforma = فاتورة أولية { $reference }
transfer-announced-at = أُعلن في { $date }
transfer-until = يُنتظر حتى { $date }
transfer-mention = هذه ليست فاتورة: يُقيد الشحن عند وصول المال، وتتبع الفواتير ما يُستعمل.
transfer-rib = RIB (من المغرب)
transfer-iban = IBAN
transfer-beneficiary = المستفيد
transfer-bank = البنك
transfer-code = رمز للهاتف
transfer-code-means = يحوي الحساب والمبلغ والمرجع: للدفع إن قرأه تطبيق البنك، وإلا للنسخ.
transfer-cancel = إلغاؤه
transfer-cancel-means = لا أحد ينتظره بعد ذلك. وما يصل بهذا المرجع مع ذلك يدخل محفظتك.
transfer-cancelled = أُلغي التحويل
transfer-state = { $word ->
    [open] منتظر
    [paid] مدفوع
    [expired] انقضى
    [cancelled] ملغى
   *[other] ? { $word }
}
# حد إنفاق المؤسسة.
limit = حد الإنفاق
limit-none = لا يحدّ المؤسسة شيء سوى المحفظة.
limit-is = { $ceiling } على الأكثر في الشهر، مع رسالة عند { $alert }.
limit-ceiling = أقصى ما يُنفق في الشهر
limit-ceiling-hint = مع الضريبة، أيًّا كان من يطلق. عنده تُرفض الإطلاقات ويُوقف ما يعمل. الفراغ يلغي الحد.
limit-alert-hint = تصل رسالة إلى المالكين والمدراء ومسؤولي الفوترة. الفراغ يعني أربعة أخماس الأقصى.
limit-save = حفظ الحد
limit-set = يمكن للمؤسسة إنفاق { $ceiling } في الشهر
limit-removed = لم يعد يحدّ المؤسسة شيء سوى المحفظة

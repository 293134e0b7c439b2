# دفاتر المركز.
nav-books = الدفاتر
books-trial-balance = ميزان المراجعة
books-ageing = المستحقات حسب عمرها
books-revenue = الإيرادات
books-deferred = المؤجل في نهاية الشهر
books-in = { $sheet }، { $currency }
books-until = كل ما قُيِّد قبل { $date }، { $time }.
books-day = في نهاية يوم
books-empty = لم يُقيَّد شيء هنا
books-empty-means = اختر عملة أخرى أو يومًا لاحقًا.
books-account = الحساب
books-debit = مدين
books-credit = دائن
books-difference = الرصيد
books-sum = المجموع
books-balanced = متوازن
books-not-balanced = غير متوازن: شغّل tamuda doctor
books-signs = الرصيد فوق الصفر على المركز أو من كسبه، وما دون الصفر له أو في حوزته. افتح حسابًا لترى المؤسسات التي يتكون منها.
books-journal = دفتر اليومية
books-journal-means = سطر لكل قيد بمبالغ دقيقة. الأيام بتقويم البائع وكلا الحدين داخل؛ فارغ: من البداية وحتى الآن.
books-journal-csv = اليومية بعملة { $currency } (CSV)
books-journal-whole = اليومية كاملة (CSV)
books-from = من
books-to = إلى، شاملًا
books-to-30 = 0–30 يومًا
books-to-60 = 31–60 يومًا
books-to-90 = 61–90 يومًا
books-older = أكثر من 90 يومًا
books-unpaid = غير مدفوع
books-since = منذ { $date }
books-ageing-means = ما يُستحق فوق المحافظ، والمحافظ التي دون الصفر. تسدد الدفعات أقدم دين أولًا.
books-ageing-rest = تشمل المجاميع كل المؤسسات؛ عدد التي عليها أقل من هذه: { $n }.
books-nothing-owed = لا أحد عليه شيء
books-nothing-owed-means = تظهر الديون هنا بعمرها حالما يتجاوز الاستهلاك محفظة.
books-month = الشهر
books-invoiced = المفوتر
books-credited = الإشعارات الدائنة
books-accrued = مستهلك غير مفوتر
books-revenue-means = دون ضريبة، في شهر إصدار الفواتير والإشعارات الدائنة. مستهلك غير مفوتر: مقدار زيادته في الشهر؛ وينقص عند إصدار الفواتير.
books-prepaid = مدفوع مسبقًا
books-sponsored = منح الممولين
books-promo = هبات المركز
books-deferred-means = المدفوع مسبقًا هو مجموع المحافظ بعد خصم ما دون الصفر. ولا ثمن لزمن GPU الممنوح قبل استعماله.
books-vat = إقرار الضريبة على القيمة المضافة
books-taxable = الوعاء الضريبي
books-tax = الضريبة
books-vat-is-booked = بقدر ما قُيّد في الدفتر
books-vat-means = الفواتير التي صارت نهائية في الشهر دون الإشعارات الدائنة الصادرة فيه، كما قرّبتها الوثائق. الأيام بتقويم البائع. ولا تُحسب المسودات.
books-vat-withheld = ما حجزه الزبائن في الشهر: { $amount }.
account-kind = { $word ->
    [bank] البنك
    [clearing] مزوّد البطاقات
    [receivable] المستحقات
    [withheld] محجوز في المنبع
    [accrued] مستهلك غير مفوتر
    [accrued_tax] ضريبته
    [sponsor] على الممولين
    [wallet] المحافظ
    [unmatched] دفعات غير مطابقة
    [refunds] استردادات تنتظر الدفع
    [lots_sponsored] أرصدة الممولين
    [lots_promo] أرصدة الهبات
    [deferred] إيرادات مؤجلة
    [tax] الضريبة
    [revenue] الإيرادات
    [promo] الهبات
    [written_off] المشطوب
    [breakage] انتهى دون استعمال
    [rounding] التقريب
    [counterpart] زمن GPU
   *[other] ? { $word }
}
account-means = { $word ->
    [bank] مال المركز
    [clearing] ما حصّله مزوّد البطاقات للمركز ولم يدفعه بعد
    [receivable] ما على المؤسسات فوق محافظها
    [withheld] ما حجزه الزبائن: تدين به إداراتهم الضريبية للمركز
    [accrued] استهلاك محسوب لم تضمه فاتورة بعد، دون ضريبة
    [accrued_tax] ضريبة استهلاك لم تضمه فاتورة بعد
    [sponsor] ما يدفعه الممولون مقابل ما يمنحونه
    [wallet] مال المؤسسات، أو دينها إن كانت تدفع لاحقًا
    [unmatched] مال وصل ولا يُعرف مرسله
    [refunds] استردادات غادرت المحافظ ولم يدفعها البنك بعد
    [lots_sponsored] ما بقي من منح يدفعها الممولون
    [lots_promo] ما بقي من هبات المركز
    [deferred] إيرادات مخصصة لوقت لاحق
    [tax] ضريبة الفواتير بعد خصم ضريبة الإشعارات الدائنة
    [revenue] مبالغ الفواتير دون ضريبة بعد خصم الإشعارات الدائنة
    [promo] ما وهبه المركز
    [written_off] ما كان مستحقًا ولن يدفعه أحد
    [breakage] ما انقضى أجله
    [rounding] ما أعطاه التقريب في الوثائق أو أخذه
    [counterpart] الوجه الآخر لزمن GPU
   *[other] ? { $word }
}

# الثواني وأسباب عدم فوترتها، والفواتير.
interval-reason = { $word ->
    [queued] انتظار في الطابور
    [scheduling] انتظار عقدة
    [pulling] جلب الصورة
    [starting] إقلاع
    [restarting] إعادة تشغيل البرنامج
    [stopping] قيد الإيقاف
    [node_fault] عطل في العقدة
    [gpu_lost] فقدان معالج
    [maintenance] صيانتنا
    [unconfirmed] لم يؤكدها العنقود
    [waived] تنازلت عنها المالية
   *[other] ? { $word }
}
invoice-status = { $word ->
    [draft] مسودة
    [finalised] نهائية
   *[other] ? { $word }
}
billed = مفوتر
not-billed = غير مفوتر
billed-and-not = { $billed } مفوترة · { $unbilled } غير مفوترة
invoices-beneath = واحدة لكل فترة مقفلة. أما الفترة الجارية فمعاينتها في الاستهلاك.
invoice = الفاتورة
invoice-number = الفاتورة { $number }
invoice-draft = مسودة { $month }
invoice-period = الفترة
invoice-status-head = الحالة
invoice-total = المجموع
invoice-issued = صدرت
invoices-none = لم تُقفل أي فترة بعد
invoices-none-means = يقفل المركز كل شهر. وإلى ذلك الحين يبين الاستهلاك ما ستقوله الفاتورة.
invoice-issued-on = صدرت في { $date }
invoice-due-on = تستحق في { $date }
invoice-period-of = الفترة { $from } – { $to }، { $zone }
invoice-not-issued = لم تصدر: ما زال تغييرها ممكنًا
invoice-billed-to = إلى
invoice-paid-by = يدفعها
invoice-wallet = المحفظة
invoice-still-due = الباقي للدفع
credit-note = إشعار دائن
credit-note-number = إشعار دائن { $number }
credit-notes = الإشعارات الدائنة
credit-notes-beneath = ما استُرجع من الفواتير وسببه. الفاتورة النهائية نفسها لا تتغير أبدًا.
credit-notes-none = لا إشعارات دائنة
credit-notes-none-means = إذا كانت فاتورة خاطئة فتصحيحها هنا.
credit-note-why = السبب
credit-note-of = يصحح الفاتورة { $number } بتاريخ { $date }
credit-note-not-issued = لم يصدر بعد: لم يُقيَّد شيء
credit-note-reason = السبب: { $reason }
credit-back-to = يعود إلى
credit-debt = ما كان مستحقًا
credit-of-line = السطر { $n } من الفاتورة
credit-restored = عاد إلى { $name } مقدار { $amount }.
credit-credited = المُرجَع
credit-left = المتبقي من الفاتورة
party-ice = ICE { $number }
party-tax-id = IF { $number }
party-trade-register = RC { $number }
party-business-tax = TP { $number }
party-vat-id = TVA { $number }
line-late = من فترة سابقة
line-gift = { $amount } هبة من المركز
line-not-billed = غير مفوتر: { $reason }
total-net = الصافي
total-tax = ضريبة { $rate }
total-no-tax = دون ضريبة ({ $code })
total-grand = المجموع { $currency }
mention-opens = يُفتح كل سطر حتى ثوانيه حيث تُعرض هذه الفاتورة.
mention-no-tax = لا ضريبة على ما وُسم بـ { $code }.
open-line = فتح سطر
open-line-means = اختر سطرًا لترى المثيلات والثواني والسعر وراءه.
line-number = السطر { $n }: { $flavour }
proof-price = نسخة السعر { $version } بقيمة { $amount }، سارية منذ { $from }.
proof-working = { $seconds } ثانية وحدة × { $price } ÷ 3600 = { $exact }، تُقرَّب مرة واحدة إلى { $amount }.
recalculate = إعادة الحساب
recalculate-means = يعيد حساب الفاتورة كلها من وقائع العنقود ونسخ السعر، ويقارنها بما صدر.
replay-equal = إعادة الحساب مطابقة
replay-equal-means = { $n ->
    [zero] لا مدد لإعادة الحساب: النتيجة مطابقة.
    [one] أعيد بناؤها من مدة واحدة: مطابقة حتى آخر جزء.
    [two] أعيد بناؤها من مدتين: مطابقة حتى آخر جزء.
    [few] أعيد بناؤها من { $n } مدد: مطابقة حتى آخر جزء.
    [many] أعيد بناؤها من { $n } مدة: مطابقة حتى آخر جزء.
   *[other] أعيد بناؤها من { $n } مدة: مطابقة حتى آخر جزء.
}
replay-differs = إعادة الحساب مختلفة
replay-differs-means = اعرض هذا على مالية المركز: تُصحَّح الفاتورة بإشعار دائن.
difference-place = أين
difference-stored = الصادر
difference-recomputed = المعاد حسابه
# ما يحجزه الزبائن في المنبع.
invoice-standing = وضع الفاتورة
standing-paid = المدفوع
standing-withheld = المحجوز في المنبع
standing-due = المستحق
withheld-of = المحجوز من { $invoice } · { $name }
withheld-record = تسجيل حجز
withheld-means = دفع الزبون أقل، ودفع هذا الجزء لإدارته الضريبية بدلًا من ذلك. ينقص دينه بقدره، وتدين به الإدارة للمركز.
withheld-certificate = الشهادة
withheld-day = تاريخ الشهادة
withheld-amount = المبلغ المحجوز
withheld-most = { $most } على الأكثر: المستحق، وما تسمح به القاعدة الضريبية.
withheld-save = تسجيل
withheld-nothing = لا يمكن حجز شيء منها: هي مدفوعة، أو لا تعرف قاعدتها الضريبية حجزًا.
withheld-recorded = سُجّل { $amount } كمحجوز
withheld-recorded-means = نقص دين الزبون بهذا القدر.
withheld-kept = الشهادات
withheld-undo = إلغاء التسجيل
withheld-undone = أُلغي تسجيل الشهادة
withheld-undone-means = عاد الزبون مدينًا بالمبلغ.
withheld-was-undone = أُلغي:
papers = المستندات
papers-beneath = كل ما صدر لكم، ملفاتٍ تُحفظ: البايتات نفسها كلما نزّلتموها.
papers-none = لا مستندات بعد
papers-none-means = تظهر هنا الفواتير والإشعارات الدائنة والفواتير الأولية والإيصالات وكشوف الحساب متى وُجدت.
paper-kind = { $word ->
    [invoice] فاتورة
    [credit_note] إشعار دائن
    [pro_forma] فاتورة أولية
    [receipt] إيصال
    [statement] كشف حساب
   *[other] ? { $word }
}
paper-what = المستند
paper-made = أُنشئ في
paper-files = الملفات
paper-pdf = PDF
paper-xml = XML (UBL)
paper-waits = قيد الإعداد
paper-lacks = ينقص ملف؛ والمركز على علم بذلك
paper-being-drawn = هذا المستند قيد الإعداد
paper-being-drawn-means = يستغرق ذلك بضع ثوانٍ. انظر بعدها مجددًا.
paper-look = انظر مجددًا
account-statement = كشف حساب
account-statement-means = ما كان في المحفظة قبل اليوم الأول، وكل ما تحرك، وما كان فيها بعد اليوم الأخير.
account-statement-from = اليوم الأول
account-statement-from-hint = يوم منذ عام 2000، مثل 2026-01-01.
account-statement-through = اليوم الأخير
account-statement-through-hint = اليوم على أبعد تقدير، ولا أكثر من 366 يومًا في المجموع.
account-statement-ask = اطلبه
account-statement-asked = طُلب الكشف
account-statement-asked-means = هو الأول في القائمة، ويُعدّ خلال ثوانٍ.
staff-papers = مستندات تنتظر
staff-papers-beneath = ما لم يمكن إعداده كما ينبغي، وما لم يأتِ إليه أحد خمس دقائق. كل منها يُعاد تلقائيًا.
staff-papers-none = كل المستندات معدّة
staff-papers-none-means = ما لا يمكن إعداده يظهر هنا، مع ما حال دونه.
staff-paper-tries = المحاولات
staff-paper-trouble = ما حال دونه
staff-paper-untouched = لم يأتِ إليه أحد: هل يعمل عامل؟

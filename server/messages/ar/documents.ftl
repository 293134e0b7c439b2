# ما يرد في الوثائق التي تُرسل أو تُحفظ: الفواتير والإشعارات الدائنة والفواتير الأولية والوصول وكشوف الحساب.
document-draft = مسودة: بلا رقم وما زال تغييرها ممكنًا
document-issued = تاريخ الإصدار
document-due = تاريخ الاستحقاق
document-period = الفترة
document-corrects = يصحح
document-of = { $number } بتاريخ { $date }
document-from-to = من { $from } إلى { $to }
document-zone = المنطقة الزمنية
document-quantity = الكمية
document-price = السعر
document-unit = { $word ->
    [piece] { $quantity } وحدة
    [hour] { $quantity } ساعة
   *[other] ? { $word } { $quantity }
}
document-tax-by-rate = الضريبة حسب النسبة
document-tax-kind = النظام
document-tax-rate = النسبة
document-taxable = الأساس
document-tax = الضريبة
tax-category = { $word ->
    [S] خاضع للضريبة
    [G] تصدير خدمات: دون ضريبة على القيمة المضافة
    [AE] احتساب عكسي: الضريبة على المشتري
    [E] معفى من الضريبة على القيمة المضافة
   *[other] ? { $word }
}
document-paid-by = يدفع { $name }
document-goes-back = يعود إلى { $name }
document-withheld = حجز في المنبع { $rate }
spelled-invoice = حُصرت هذه الفاتورة مع احتساب الرسوم في المبلغ الآتي: { $words }.
spelled-credit-note = حُصر هذا الإشعار الدائن مع احتساب الرسوم في المبلغ الآتي: { $words }.
spelled-pro-forma = حُصرت هذه الفاتورة الأولية مع احتساب الرسوم في المبلغ الآتي: { $words }.
spelled-receipt = المبلغ المقبوض: { $words }.
pay-how = طريقة الدفع
pay-holder = صاحب الحساب
pay-iban = IBAN
pay-bic = BIC
pay-bank = البنك
pay-reference = المرجع الواجب ذكره
pro-forma = فاتورة أولية
pro-forma-number = فاتورة أولية { $number }
pro-forma-top-up = شحن المحفظة
pro-forma-until = صالحة إلى غاية
pro-forma-mention = تطلب دفعًا وليست فاتورة: يتبع الوصلُ المالَ وتتبع الفاتورةُ الشهر.
receipt = وصل
receipt-number = وصل { $number }
receipt-on = تاريخ القبض
receipt-means = وسيلة الدفع
receipt-means-word = { $word ->
    [transfer] تحويل بنكي
    [card] بطاقة
   *[other] ? { $word }
}
receipt-payer = المرسل
receipt-reference = المرجع
receipt-amount = المقبوض { $currency }
receipt-settles = ما دُفع به
receipt-document = الوثيقة
receipt-settled = المدفوع { $currency }
receipt-owed = ما كان مستحقًا عن الاستخدام
receipt-to-wallet = إلى المحفظة
receipt-balance = المحفظة بعده
statement = كشف حساب
statement-title = كشف حساب { $name } من { $from } إلى { $to }
statement-written = حُرر في
statement-day = اليوم
statement-booked = القيد
statement-change = الحركة { $currency }
statement-balance = الرصيد { $currency }
statement-opening = الرصيد قبل
statement-closing = الرصيد بعد
document-page = الصفحة { $page } من { $pages }
document-as-data = الوثيقة نفسها بيانات: UBL 2.1، EN 16931

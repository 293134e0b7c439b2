# الرصيد ووتيرة الإنفاق والمنح.
balance = الرصيد
balance-lasts = يكفي { $about } بمعدل { $rate } مع الضريبة
balance-still = لا شيء يُنفق حاليًا
balance-out = نفد الرصيد: اشحن المحفظة لتطلق من جديد
top-up = شحن
tax-included = مع الضريبة
net = دون الضريبة

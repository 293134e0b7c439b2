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

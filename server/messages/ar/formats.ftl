# الأعداد ووحداتها والمدد والتواريخ، بأرقام لاتينية وأشهر مغربية.
per-hour = { $amount }/h
gigabytes = { $number } GB
span-days = { $n ->
    [zero] 0 يوم
    [one] يوم
    [two] يومان
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}
span-hours = { $n ->
    [zero] 0 ساعة
    [one] ساعة
    [two] ساعتان
    [few] { $n } ساعات
    [many] { $n } ساعة
   *[other] { $n } ساعة
}
span-minutes = { $n ->
    [zero] 0 دقيقة
    [one] دقيقة
    [two] دقيقتان
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
}
span-seconds = { $n ->
    [zero] 0 ثانية
    [one] ثانية
    [two] ثانيتان
    [few] { $n } ثوانٍ
    [many] { $n } ثانية
   *[other] { $n } ثانية
}
# بعد «نحو» و«قبل» و«بعد»: المجرور.
span-days-oblique = { $n ->
    [zero] 0 يوم
    [one] يوم
    [two] يومين
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}
span-hours-oblique = { $n ->
    [zero] 0 ساعة
    [one] ساعة
    [two] ساعتين
    [few] { $n } ساعات
    [many] { $n } ساعة
   *[other] { $n } ساعة
}
span-minutes-oblique = { $n ->
    [zero] 0 دقيقة
    [one] دقيقة
    [two] دقيقتين
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
}
span-seconds-oblique = { $n ->
    [zero] 0 ثانية
    [one] ثانية
    [two] ثانيتين
    [few] { $n } ثوانٍ
    [many] { $n } ثانية
   *[other] { $n } ثانية
}
span-join = { "\u200F" }{ $first } و{ $second }
span-about = نحو { $span }
span-under-a-minute = أقل من دقيقة
ago = قبل { $span }
ago-now = الآن
ahead = بعد { $span }
moment = { "\u200F" }{ $day }، { $time }
date-long = { "\u200F" }{ $day } { $month } { $year }
date-short = { "\u200F" }{ $day } { $month }
date-month = { "\u200F" }{ $month } { $year }
month-name = { $n ->
    [1] يناير
    [2] فبراير
    [3] مارس
    [4] أبريل
    [5] ماي
    [6] يونيو
    [7] يوليوز
    [8] غشت
    [9] شتنبر
    [10] أكتوبر
    [11] نونبر
   *[12] دجنبر
}
month-short = { $n ->
    [1] يناير
    [2] فبراير
    [3] مارس
    [4] أبريل
    [5] ماي
    [6] يونيو
    [7] يوليوز
    [8] غشت
    [9] شتنبر
    [10] أكتوبر
    [11] نونبر
   *[12] دجنبر
}
span-hours-brief = { $n } س

# الأدوار والأعضاء.
role = { $word ->
    [owner] مالك
    [admin] مدير
    [developer] مطوّر
    [billing] محاسب
    [viewer] مطّلع
   *[other] ? { $word }
}
role-meaning = { $word ->
    [owner] كل شيء، بما فيه من يحق له ماذا.
    [admin] كل شيء ما عدا نقل ملكية المؤسسة.
    [developer] يطلق ويوقف ويقرأ السجلات، ويرى الاستهلاك والرصيد.
    [billing] يرى المال والفواتير ولا يمس أي مثيل.
    [viewer] يطّلع ولا يغير شيئًا.
   *[other] ? { $word }
}
members-beneath = من ينتمي إلى { $organisation }، وما يحق لكل واحد.
member = العضو
member-role = الدور
member-since = منذ
member-you = أنت
roles-title = ما يتيحه كل دور
roles-may = يحق له

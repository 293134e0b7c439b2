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
invite = دعوة
invite-title = دعوة شخص
invite-beneath = تصله رسالة ينضم بها إلى { $organisation }.
invite-email-hint = ينضم بهذا العنوان دون غيره.
invite-send = إرسال الدعوة
invited = تمت دعوة { $email }
invited-means = تصلح الرسالة مرة واحدة خلال { $n } ساعة.
invited-again = رسالة جديدة في طريقها إلى { $email }
invitations = دعوات بلا جواب
invitation-to = المدعو
invitation-by = من { $name }
invitation-state = إلى غاية
invitation-open = قائمة
invitation-expired = منتهية
invitation-acts = ما العمل بها
invitation-resend = إرسال من جديد
invitation-revoke = سحب
invitation-revoked = سُحبت دعوة { $email }
invitation-revoked-means = لم تعد رسالتها صالحة.
invitation-title = الانضمام إلى { $organisation }
invitation-beneath = يدعوك { $by } بدور { $role }.
invitation-as = تنضم باسم { $email }.
invitation-accept = انضمام
invitation-other = أُرسلت الدعوة إلى { $email } وأنت داخل باسم { $reader }. اخرج ثم افتح رابط الرسالة من جديد.
invitation-known = يدخل { $email } هنا من قبل. سجّل الدخول فتعود إلى هذه الصفحة.
invitation-new = سيكون حسابك { $email }.
invitation-register = إنشاء الحساب والانضمام
invitation-spent = لم تعد هذه الدعوة صالحة
invitation-spent-means = استُعملت أو سُحبت أو مضى عليها وقت طويل. اطلب غيرها ممن دعاك.
joined = مرحبًا بك في { $organisation }
joined-means = دورك { $role }. ما يتيحه مكتوب تحت الأعضاء.
person-name = اسمك
member-change = تغيير الدور
role-changed = الدور الآن { $role }
role-changed-means = يسري من النقرة التالية في كل نافذة مفتوحة.
member-remove = إخراج
member-remove-means = لا يرى { $name } شيئًا هنا بعد ثانية. ما أطلقه يستمر ويبقى لكم.
member-removed = أُخرج العضو
member-removed-means = ليعود، ادعه من جديد.
ownership-transfer = نقل ملكية المؤسسة
ownership-transfer-means = يصير { $name } مالكًا وتصير أنت مديرًا. هو وحده من يعيدها.
ownership-transferred = نُقلت ملكية المؤسسة
ownership-transferred-means = أنت الآن مدير.
leave = مغادرة
leave-means = لا ترى { $organisation } بعد ذلك. تحتاج إلى دعوة لتعود.
left = غادرت { $organisation }

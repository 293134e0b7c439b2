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
found = فتح مؤسسة
found-title = فتح مؤسسة
found-beneath = تضم مثيلاتك وأعضاءها ومالها. أنت مالكها ولك أن تدعو غيرك.
found-name = الاسم
found-legal-name = الاسم القانوني
found-legal-name-hint = كما يظهر على الفواتير. من يعمل وحده يكتب اسمه.
found-address = العنوان
found-currency = العملة
found-currency-hint = ما تدفع به. لا تتغير بعد ذلك.
found-business = تشتري بصفة شركة
found-it = فتح
founded = فُتحت { $organisation }
founded-means = محفظتها فارغة: حاضنة المركز تمنح الأرصدة، وعندها يمكن أن يبدأ أول مثيل لك.
country = { $code ->
    [MA] المغرب
    [DZ] الجزائر
    [AT] النمسا
    [BH] البحرين
    [BE] بلجيكا
    [BJ] بنين
    [BF] بوركينا فاسو
    [CM] الكاميرون
    [CA] كندا
    [CI] ساحل العاج
    [CZ] التشيك
    [DK] الدنمارك
    [EG] مصر
    [FI] فنلندا
    [FR] فرنسا
    [GA] الغابون
    [DE] ألمانيا
    [GH] غانا
    [GR] اليونان
    [GN] غينيا
    [IN] الهند
    [IE] أيرلندا
    [IT] إيطاليا
    [JO] الأردن
    [KE] كينيا
    [KW] الكويت
    [LB] لبنان
    [LU] لوكسمبورغ
    [ML] مالي
    [MR] موريتانيا
    [NL] هولندا
    [NE] النيجر
    [NG] نيجيريا
    [NO] النرويج
    [OM] عُمان
    [PL] بولندا
    [PT] البرتغال
    [QA] قطر
    [RO] رومانيا
    [RW] رواندا
    [SA] السعودية
    [SN] السنغال
    [ZA] جنوب أفريقيا
    [ES] إسبانيا
    [SE] السويد
    [CH] سويسرا
    [TG] توغو
    [TN] تونس
    [TR] تركيا
    [AE] الإمارات
    [GB] المملكة المتحدة
    [US] الولايات المتحدة
   *[other] { $code }
}
domain = النطاق
domain-none-means = سمِّ نطاق عناوينكم: من دخل بأحدها ينضم حينها من تلقاء نفسه.
domain-claim = تسمية نطاق
domain-beneath = من دخل بعنوان على هذا النطاق بعينه صار عضوًا في { $organisation } من تلقاء نفسه.
domain-name-hint = ما بعد @ مثل atlas.example. ولا تُحسب النطاقات الفرعية.
domain-provider = يدخلون عبر
domain-role = ينضمون بدور
domain-send = طلب من المركز
domain-claimed = طُلب { $domain } من المركز
domain-claimed-means = انشر السجل المكتوب تحت النطاق. لا يدخل به أحد قبل أن يراه المركز.
domain-waits = ينتظر المركز
domain-confirmed = مؤكد
domain-record = انشر سجل TXT هذا في خدمة أسماء { $domain }. يبحث عنه المركز ثم يؤكد.
domain-record-label = سجل TXT
domain-means = من دخل بعنوان عليه ينضم من تلقاء نفسه. ومن أُخرج أو غادر لا يعود إلا بدعوة.
domain-remove = سحب النطاق
domain-remove-means = لا يدخل أحد عبر { $domain } بعد ذلك. ويبقى الأعضاء.
domain-removed = لم يعد { $domain } يُدخل أحدًا
domain-removed-means = من دخل به يبقى عضوًا إلى أن تخرجه.
domain-no-provider = لا يعرض المركز دخولًا عبر مزوّد يضمن العناوين.

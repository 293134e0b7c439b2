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
# المشاريع والميزانيات.
projects-beneath = كل ما يُطلق يتبع واحدًا منها. الميزانية حدّ يسري من تلقاء نفسه.
project-new = مشروع جديد
project-name = الاسم
project-name-hint = من حرف إلى 60 حرفًا؛ ومنه تُشتق كلمته في العناوين.
project-make = إنشاء المشروع
project-made = أُنشئ { $name }
project-made-means = امنحه ميزانية، وحدّد من يطلق فيه.
project-beneath = ما يمكن أن ينفقه، ومن يطلق فيه.
project-members = من يطلق هنا
project-members-mean = إن لم يُحدَّد أحد فكل عضو يملك حق الإطلاق يطلق هنا. والمالكون والمدراء دائمًا.
project-members-save = حفظ
project-open = كل عضو يملك حق الإطلاق يطلق هنا
project-for = { $n ->
    [zero] لا أحد يطلق هنا سوى المالكين والمدراء
    [one] عضو واحد يطلق هنا، إضافة إلى المالكين والمدراء
    [two] عضوان يطلقان هنا، إضافة إلى المالكين والمدراء
    [few] { $n } أعضاء يطلقون هنا، إضافة إلى المالكين والمدراء
    [many] { $n } عضوًا يطلقون هنا، إضافة إلى المالكين والمدراء
   *[other] { $n } عضو يطلقون هنا، إضافة إلى المالكين والمدراء
}
project-rename = تغيير الاسم
project-renamed = صار اسمه { $name }
project-is-closed = مغلق
project-closed-since = مغلق منذ { $at }
project-closed-means = لا يُطلق شيء هنا. وما استُعمل يبقى في استهلاككم وفواتيركم باسمه. وإذا أُعيد فتحه كان لمن كان لهم من قبل، بلا ميزانية.
project-open-again = إعادة الفتح
project-did-open = أُعيد فتح { $name }
project-did-open-means = انتهت ميزانيته عند إغلاقه: امنحه غيرها إن احتاج إليها.
project-close = إغلاق المشروع
project-close-name = إغلاق { $name }
project-close-beneath = يُقال ما ينتهي وما يبقى قبل أن يحدث شيء، ويمكن إعادة فتحه.
project-close-see = انظر ماذا سيحدث
project-close-it = إغلاقه
project-close-means = لا يُطلق فيه شيء بعد الآن، وتنتهي ميزانيته. ويمكن لمالك أو مدير أن يعيد فتحه في أي وقت.
project-close-holds = { $n ->
    [zero] لا مثيل ولا وحدة تخزين غير محذوفة فيه: { $names }.
    [one] مثيل واحد أو وحدة تخزين منه غير محذوف: { $names }. احذفه أولًا.
    [two] مثيلان أو وحدتا تخزين منه غير محذوفين: { $names }. احذفهما أولًا.
    [few] { $n } من مثيلاته ووحدات تخزينه غير محذوفة: { $names }. احذفها أولًا.
    [many] { $n } من مثيلاته ووحدات تخزينه غير محذوفة: { $names }. احذفها أولًا.
   *[other] { $n } من مثيلاته ووحدات تخزينه غير محذوفة: { $names }. احذفها أولًا.
}
project-close-instances = انظر مثيلاته
project-close-last = هذا هو المشروع المفتوح الوحيد، والإطلاق يحتاج إلى مشروع. أنشئ غيره أولًا.
project-close-now = فورًا
project-close-now-means = لا يُطلق فيه شيء ولا يُشغَّل بعد الآن، أيًّا كان الطالب، ولا يُتراجع فيه عن حذف مثيل.
project-close-budget = ميزانية تنتهي
project-close-members = أعضاء هو لهم
project-close-everybody = كل عضو يملك حق الإطلاق
project-close-tokens = رموز لا تُطلق شيئًا بعدها
project-close-lots = منح لا تدفع شيئًا ما دام مغلقًا
project-close-kept = ما يبقى
project-close-kept-means = استهلاكه وفواتيره باسمه، وسجل تدقيقه، ومن يطلق فيه، ليوم يُعاد فتحه.
project-did-close = أُغلق { $name }
project-did-close-means = يمكن إعادة فتحه هنا.
budget = الميزانية
budget-none = لا يحدّه شيء سوى المحفظة.
budget-without = بلا حد
budget-ceiling = السقف
budget-ceiling-hint = مع الضريبة. عنده تُرفض الإطلاقات ويُوقف ما يعمل. الفراغ يلغي الميزانية.
budget-alert = رسالة عند
budget-alert-hint = تصل رسالة إلى المالكين والمدراء ومن تحدّه. الفراغ يعني أربعة أخماس السقف.
budget-counts = تُحسب
budget-window = { $word ->
    [month] كل شهر
    [total] بلا نهاية
   *[other] ? { $word }
}
budget-save = حفظ الميزانية
budget-set = الميزانية { $ceiling }
budget-set-means = تُرسل رسالة عند { $alert }.
budget-removed = لم يعد يحدّه شيء سوى المحفظة
budget-used-of = { $spent } من { $ceiling }، { $window }
budget-spent = المنفَق حتى آخر تسوية
budget-held = المحجوز
budget-left = الباقي للإطلاق
# رموز الواجهة البرمجية.
tokens-beneath = ما تأتي به البرامج. كل رمز يفعل ما مُنح له، وينتهي من تلقاء نفسه، ولا ينفق أكثر مما حُدّد له.
tokens-none = لا رمز بعد
tokens-none-means = يتيح الرمز لبرنامج أن يطلق ويوقف ويقرأ هنا دون كلمة سر أحد.
token = الرمز
token-may = يمكنه
token-spent = أنفق
token-used = آخر استعمال
token-never-used = لم يُستعمل
token-acts = ما العمل به
token-revoke = إلغاء
token-revoked = أُلغي الرمز
token-revoked-means = لم يعد يفتح شيئًا. ما أطلقه يواصل العمل.
token-of-service = حساب خدمة
token-until = حتى { $until }
token-of-ceiling = من { $ceiling }
token-units = { $n ->
    [zero] لا وحدة في وقت واحد
    [one] وحدة واحدة في وقت واحد
    [two] وحدتان في وقت واحد
    [few] { $n } وحدات في وقت واحد
    [many] { $n } وحدة في وقت واحد
   *[other] { $n } وحدة في وقت واحد
}
token-some-projects = { $n ->
    [zero] لا مشروع
    [one] مشروع واحد
    [two] مشروعان
    [few] { $n } مشاريع
    [many] { $n } مشروعًا
   *[other] { $n } مشروع
}
token-some-flavours = { $n ->
    [zero] لا نوع من المعالجات
    [one] نوع واحد من المعالجات
    [two] نوعان من المعالجات
    [few] { $n } أنواع من المعالجات
    [many] { $n } نوعًا من المعالجات
   *[other] { $n } نوع من المعالجات
}
token-how = من برنامج
token-how-means = احفظه حيث تُحفظ الأسرار، وأرسله مع كل طلب. الواجهة كلها تحت {"\u2066"}/api/docs{"\u2069"}.
token-new = رمز جديد
token-new-beneath = امنحه ما يحتاج إليه برنامجه لا غير.
token-what = ما يمكنه فعله
token-where = أين
token-how-much = كم، وإلى متى
token-name = الاسم
token-name-hint = ما يستعمله، لتعرفه من جديد.
token-whose = لمن
token-whose-hint = رمزك ينتهي بعضويتك. أما حساب الخدمة فللمؤسسة.
token-own = لي، بدوري
token-service = حساب خدمة: { $role }
token-projects = المشاريع
token-projects-hint = رمز مشروع واحد لا يرى شيئًا من غيره ولا المال.
token-every-project = كل المشاريع
token-flavours = معالجات الرسوميات
token-every-flavour = كل المعالجات
token-networks = من هذه العناوين فقط
token-networks-hint = مثل {"\u2066"}192.0.2.0/24, 2001:db8::1{"\u2069"}. الفراغ يعني من أي مكان.
token-ceiling-hint = مع الضريبة. بعده لا يطلق الرمز شيئًا ويُوقف ما أطلقه. يلزم كل رمز يطلق.
token-most-units = معالجات في وقت واحد
token-most-units-hint = الفراغ يعني ما تسمح به الحصة.
token-days = الأيام
token-days-hint = من 1 إلى 365؛ ثم لا يفتح شيئًا.
token-make = إنشاء الرمز
token-made = أُنشئ { $name }
token-shown-once = انسخه الآن
token-shown-once-means = لا أحد يستطيع إظهاره من جديد، ولا نحن: لا يُحفظ إلا بصمته.
token-secret = الرمز
token-kept = احتفظت به
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

# ما يمكن إطلاقه، والحكم عليه.
verdict-now = يبدأ الآن
verdict-waits = ينتظر
verdict-cannot = لا يمكن أن يبدأ
free-of = شاغر { $free } من { $all }

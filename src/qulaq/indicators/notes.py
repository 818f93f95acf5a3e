"""Remarks that travel with a number: a key in exports, a sentence on screens."""

from __future__ import annotations

from qulaq.lang import Text

NOTES: dict[str, Text] = {
    "observed_span": Text(
        kk="Кезеңнің бір бөлігі ғана бақыланған; қалған күндер туралы дерек жоқ.",
        ru="Наблюдалась только часть периода; об остальных днях данных нет.",
        en="Only a part of the period was observed; nothing is known of the other days.",
    ),
    "capture_time_inferred": Text(
        kk="Деректер қашан алынғаны көрсетілмеген; оның орнына файлдағы ең соңғы жазбаның уақыты алынды.",
        ru="Когда сняты данные, не указано; вместо этого взято время самой новой записи в файле.",
        en="When the data were captured is not stated; the newest record of the file stands for it.",
    ),
    "start_assumed": Text(
        kk="Парақшаның ашылған күні көрсетілмеген; алғашқы жазбаға дейінгі күндер де бақыланған деп есептелді.",
        ru="Дата открытия страницы не указана; дни до самой старой публикации тоже сочтены днями наблюдения.",
        en="The page's opening is not told; days before its oldest post count as observed too.",
    ),
    "comments_not_imported": Text(
        kk="Бұл парақшаның пікірлері мүлде қосылмаған.",
        ru="Комментарии этой страницы вообще не загружены.",
        en="No comments of this page have been imported at all.",
    ),
    "partial_period": Text(
        kk="Күнтізбелік кезеңнің бәрі емес, бір бөлігі ғана зерттеу уақытына түседі.",
        ru="Календарный период входит в окно исследования лишь частично.",
        en="Only a part of this calendar period lies in the study's window.",
    ),
    "plain_interval": Text(
        kk="Бір жарияланымның пікірлері қаншалықты ұқсас екенін бағалау мүмкін болмады, сондықтан сенімділік аралығы пікірлер бір-біріне тәуелсіз деп есептелді.",
        ru="Насколько похожи комментарии под одной публикацией, оценить не удалось, поэтому интервал рассчитан так, будто комментарии независимы.",
        en="How alike the comments of one post are could not be estimated, so the interval treats comments as independent.",
    ),
    "not_compared": Text(
        kk="Салыстыруға келмеген жарияланымдар үлеске қосылмады: мәтіні жоқ не тым қысқа, немесе олар шыққан күні органның басқа желідегі парақшасы бақыланбаған.",
        ru="Публикации, которые сравнить не удалось, в долю не вошли: текста нет или он слишком короткий, либо в день их выхода страница органа в другой сети не наблюдалась.",
        en="Posts that could not be compared are left out of the share: they have no text or too short a one, or no page of the body on another network was observed on their day.",
    ),
    "unknown_authors": Text(
        kk="Кейбір пікірдің авторы белгісіз; олар үлеске қосылмады.",
        ru="Авторы части комментариев неизвестны; в долю они не вошли.",
        en="The authors of some comments are not known; those are left out of the share.",
    ),
    "bounds": Text(
        kk="Авторлардың бестен бірінен көбі белгісіз: үлестің өзі емес, ең төменгі және ең жоғары мүмкін мәні берілді.",
        ru="Неизвестно более пятой части авторов: даны лишь наименьшее и наибольшее возможные значения доли.",
        en="More than a fifth of the authors are unknown: only the lowest and highest possible share are given.",
    ),
    "incomplete_threads": Text(
        kk="Жарияланымдарда көрсетілген пікірлердің бәрі жиналмаған.",
        ru="Собраны не все комментарии, показанные под публикациями.",
        en="Not all comments that the posts show were captured.",
    ),
    "inferred": Text(
        kk="Дереккөз қай пікірге жауап берілгенін көрсетпейді; жауап азаматтың @аты аталуынан анықталды.",
        ru="Источник не показывает, на что дан ответ; ответ установлен по упоминанию @имени.",
        en="The source does not show what was answered; answers are inferred from mentions (@handle).",
    ),
    "nearest_snapshot": Text(
        kk="Кезең ішінде санақ болмаған; ең жақын санақ алынды.",
        ru="Внутри периода подсчёта не было; взят ближайший.",
        en="Nobody counted within the period; the nearest count is given.",
    ),
    "at_posting": Text(
        kk="Жарияланым сәтінде көрсетілген сандардың орташа мәні.",
        ru="Среднее чисел, показанных в момент публикации.",
        en="The mean of the numbers shown when posts were published.",
    ),
    "kinds_not_coded": Text(
        kk="Пікірлердің түрі кодталмаған: екі тілде әртүрлі нәрсе жазылған болуы мүмкін.",
        ru="Виды комментариев не закодированы: на двух языках могли писать о разном.",
        en="The kinds of comments are not coded: people may have written of different things in the two languages.",
    ),
    "too_many_to_compare": Text(
        kk="Парақшалар 500-ден көп: орындардың аралығы есептелмеді.",
        ru="Страниц больше 500: интервалы мест не рассчитаны.",
        en="There are more than 500 pages: intervals of places were not computed.",
    ),
    "places_only": Text(
        kk="Бұл көрсеткіштің сенімділік аралығы жоқ: тек орындар берілді, айырма кездейсоқ па — белгісіз.",
        ru="У этого показателя нет доверительного интервала: даны только места, случайна ли разница — неизвестно.",
        en="This number has no interval: only places are given, and whether a difference is chance is not known.",
    ),
    "no_direction": Text(
        kk="Бұл көрсеткіштің үлкені де, кішісі де жақсы деп саналмайды: парақшалар тек шамасы бойынша реттелген.",
        ru="У этого показателя нет «лучше» и «хуже»: страницы упорядочены только по величине.",
        en="Of this number neither more nor less is better: the pages stand by size only.",
    ),
    "extent_unknown": Text(
        kk="Кейбір жарияланымда қанша пікір жазылғаны көрсетілмеген: шектер одан да алшақ болуы мүмкін.",
        ru="У части публикаций не показано число комментариев: границы могут быть и шире.",
        en="Some posts do not show how many comments they have: the bounds may lie further apart.",
    ),
    "open_interval": Text(
        kk="Аралықтың жоғарғы шегі бақылау кезінде анықталмады: одан да ұзақ болуы мүмкін.",
        ru="Верхняя граница интервала за время наблюдения не достигнута: она может лежать и дальше.",
        en="The upper end of the interval was not reached within the time observed: it may lie further out.",
    ),
    "coded_once": Text(
        kk="Мәтіндерді бір-ақ адам кодтаған: кодтаушылардың келісімі өлшенбеген.",
        ru="Тексты размечал только один человек: согласованность кодировщиков не измерена.",
        en="Only one person coded the texts: how far coders agree was not measured.",
    ),
    "agreement_undefined": Text(
        kk="Екі рет кодталған мәтіндердің бәріне бірдей код қойылған: альфаны есептеу мүмкін емес.",
        ru="Всем дважды закодированным текстам дан один код: альфа не определена.",
        en="All texts coded twice got one code: alpha is not defined.",
    ),
    "coders_tentative": Text(
        kk="Кодтаушылардың келісімі орташа (альфа .667 мен .800 аралығында): тұжырым болжамды.",
        ru="Согласованность кодировщиков средняя (альфа от .667 до .800): выводы предварительные.",
        en="Coders agree only fairly (alpha between .667 and .800): conclusions are tentative.",
    ),
}

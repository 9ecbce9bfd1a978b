"""Signs of danger between people: from another, to another, to a child."""

from __future__ import annotations

from ipt_roleplay.domain import Risk
from ipt_roleplay.safety.sign import ACUTE, GOING, INDIRECT, KIN, OTHERS, YOUNG, Sign, signs

_HE = rf"(?:he|she|they|{KIN}|man|men|bloke|guy|flatmate|roommate|coach|teacher|priest|babysitter|nanny|carer|neighbours?|someone)"
_HES = (
    rf"{_HE}(?: (?:(?!(?:you|i|we|it|that|not|never|news)\b)\w+ ){{1,6}}(?:and|then))?"
    r"(?: (?:in law|is|has|had|been|have|keeps?|then|also|still|again|will|would|always|nearly"
    r"|once|sexually|physically|even|often|usually|regularly|did|kept|started|tried|to))*"
)
_STRIKES = (
    r"(?:hits?|hitting|beats?|beating|beaten|batter(?:s|ed|ing)|punch(?:es|ed|ing)"
    r"|kick(?:s|ed|ing)|slap(?:s|ped|ping)|smack(?:s|ed|ing)|chok(?:e|es|ed|ing)"
    r"|strangl(?:e|es|ed|ing)|throttl(?:es|ed|ing)|rap(?:es|ed|ing)|attack(?:s|ed|ing)"
    r"|assault(?:s|ed|ing)|abus(?:es|ed|ing)|stab(?:s|bed|bing)|burn(?:s|ed|ing|t)"
    r"|bit|bites|biting|bitten|whip(?:s|ped|ping)|thump(?:s|ed|ing)|belt(?:s|ed|ing)"
    r"|headbutt(?:s|ed|ing)|molest(?:s|ed|ing)|shak(?:es|ing)|shook|knock(?:s|ed|ing)|scratch(?:es|ed|ing))"
)
_NOT_STRUCK = (
    r"(?! (?:as|about|with (?:an?|another|the|this|that) (?:\w+ )?(?:bill|surprise|news|question"
    r"|request|list|figure|email|job|task)|to|at|like|by|up about|up for|up on|off|for (?:the|that|a) (?:job|role|post|place|promotion|title)|hard that"
    r"|(?:in|on|over) (?:the|a|our|my|his|her|that|this) (?:\w+ )?(?:chat|meeting|email|thread"
    r"|post|facebook|review|media|court|press|group|race|game|match|interview|budget|call)))"
)
_SURFACE = r"(?:stairs|wall|floor|door|bed|worktop|ground|counter|table|window|car|cupboard)"
_WEAPON = r"(?:knife|gun|bat|hammer|bottle|axe|machete|scissors|iron|poker)"
_INJURY = r"(?:black eye|bruis\w+|split lip|fat lip|broken (?:nose|rib|ribs|arm|jaw|wrist))"
_SAID = r"(?:said|says|swore|swears|threat\w+|told me|tells me|promis\w+|warn\w+)"
_SCARED = r"(?:scared|worried|petrified|know|think|believe|sure|convinced)"
_MINOR = (
    r"i am (?:only )?(?:[89]|1[0-7]|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen)\b(?! (?:weeks|minutes|days|years older))"
)
_TARGET = rf"(?:you|him|her|them|someone|people|everyone|(?:my|his|her|the|that) (?:\w+ )?{OTHERS})"
_HARMS = r"(?:kill|murder|stab|shoot|strangle|strangl|poison|attack|hurt|hit|batter|punch|slap|kick)(?:ing|bing|ting)?"
_NOT_HARMED = (
    r"(?! (?:up|feelings|is feelings|by|as much|an email|a (?:message|mail|text)"
    r"|if i (?:say|tell|leave)))"
)
_MEANS = rf"(?:{_WEAPON}|shotgun|rifle|petrol|weapon)\b"
_PLAN = (
    rf"{_MEANS}|(?:i mean it|(?:not|is not) (?:a )?(?:practice|practising|role play|joke|joking)"
    r"|tonight|tomorrow|this weekend|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|at school|on my way"
    r"|when (?:he|she) (?:gets|comes) (?:in|home)|(?:he|she) will be alone"
    r"|know (?:when|where) (?:you|he|she)|outside (?:his|her|my ex)|(?:his|her|their) address|asleep)\b"
)

_DANGER_NOW = (
    *signs(
        Risk.DANGER_FROM_OTHER,
        ACUTE,
        rf"{_HES} {_STRIKES} (?:on )?(?:me|at me and \w+ me|my (?:face|head|stomach|arms?|back|hand|leg|neck))\b{_NOT_STRUCK}",
        rf"{_HE} (?:hurts|hurting) me (?:physically|when he is|again|if)\b|{_HE} beats? me up\b",
        rf"{_HES} (?:kicked|punched|hit|stamped) (?:me )?(?:in|on) (?:the|my) "
        r"(?:face|head|stomach|ribs|back|mouth|eye|arm|belly)\b",
        rf"(?:me|my head|my face) (?:\w+ )?(?:down|against|into|off|onto|through|across) (?:the|a) {_SURFACE}\b",
        r"(?:me|around) (?:\w+ )?(?:\w+ )?down the stairs\b",
        rf"{_HES} (?:broke|broken|fractured) my (?:wrist|arm|nose|jaw|ribs?|hand|fingers?|leg)\b",
        r"hands? (?:a?round|on) my (?:neck|throat)\b|(?:me|wall) by (?:the|my) (?:throat|neck|hair)\b",
        r"(?:chas|threat|came|went|lung|point|wav|attack|hit|held)\w* (?:\w+ ){0,2}me (?:\w+ ){0,5}with "
        r"(?:a|his|her|the) (?:knife|gun|bat|axe|machete)\b",
        rf"(?:marks?|bruis\w+|scars?) (?:\w+ ){{0,5}}(?:from|because of) (?:him|her|my {KIN})\b",
        rf"{_HE} (?:\w+ )?{_SAID}(?: \w+){{0,6}} set fire\b|not allowed (?:out of|to leave) the (?:house|flat)\b",
        rf"{_INJURY} (?:\w+ ){{0,3}}(?:from|by|thanks to|because of) (?:him|her|my {KIN})\b",
        rf"(?:gave|gives|left) me (?:with )?(?:a |two )?{_INJURY}\b",
        rf"(?:came|comes|went|goes|ran) (?:at|after|for) me with (?:a|the|his|her) {_WEAPON}\b",
        rf"{_SCARED} (?:\w+ ){{0,3}}(?:will|going to|might|would|could|to) (?:kill|beat|attack|strangle) me\b",
        r"(?:take|takes|taking) (?:me|us|the (?:kids|children)) with (?:him|her)(?= [.])",
        rf"threaten\w* (?:me|us) with (?:(?:a|his|her|the) )?(?:\w+ )?{_WEAPON}\b|i am in danger\b(?! of)",
        r"scared for my (?:life|safety)\b|(?:in|my) danger from (?:him|her|my)\b",
        rf"{_HE} (?:\w+ )?(?:will|is going to|would) (?:\w+ )?(?:hurt|beat|hit|batter|strangle) (?:me|us)\b"
        r"(?! (?:at|in|to|with (?:a|another) (?:bill|question)))",
        r"(?:he|they|partner|ex|father|dad|brother|husband|boyfriend) (?:will|is going to) kill me\b"
        r"(?! (?:when|for|over|about|because|in|at|with|if (?!i (?:leave|tell|go|marry|talk|report|refuse|try))))",
        rf"{_HE} (?:\w+ )?{_SAID}(?: \w+){{0,10}} (?:kill|hurt|beat|stab|shoot|burn|bury|finish|drown|strangle)"
        rf" (?:me|us|it|(?:the|my|our) (?:{YOUNG}|{KIN}|house|flat|place|car))\b",
        rf"{_HE} (?:\w+ )?threaten(?:s|ed|ing) to (?:kill|hurt|hit|beat|shoot|stab|burn|rape)\b(?! (?:himself|herself|themselves))",
        r"scared (?:to go|of going|to come|of coming) home\b(?! (?:for|because you|to (?:tell|my (?:parents|empty))))",
        r"because of what (?:he|she) will do\b",
        r"scared of (?:tonight|what (?:he|she|they) will do)\b(?! (?:with|for|at|when i tell))",
        rf"{_HES} lock(?:s|ed|ing) (?:me|us) in(?:side)?\b|me (?:prisoner|captive)\b|held here\b|i am being held\b(?! (?:back|up|responsible|to))",
        rf"{_HES} (?:took|taken|hid|hidden|has|keeps|kept) my passport\b",
        r"not (?:let|allow|allowing) (?:me|us) (?:to )?(?:leave (?:the|this|my) (?:house|flat|room|home|apartment)"
        r"|leave(?= [.])|out(?= (?:\.|$|of (?:the|my|this) (?:house|flat|room|bedroom|bathroom|car)))|go(?= (?:\.|until|and)))\b",
        rf"{_HE} (?:\w+ ){{0,3}}outside my (?:\w+ )?(?:door|house|window|flat)\b",
        r"hiding (?:in the (?:bathroom|closet|bedroom|toilet|wardrobe)|from (?:him|her))\b",
        r"(?:break|breaking|kick|kicking) (?:\w+ )?door (?:down|in)\b|stalk(?:s|ing|ed) me\b",
        r"(?:forces?|forced|forcing) (?:himself|herself) on me\b|sex when i say no\b",
        r"(?:makes?|forces?|forced|made|making|forcing) me (?:to )?(?:have sex|do things|touch (?:him|her|it)"
        r"|sleep with)\b|forc(?:e|es|ed|ing) me (?:\w+ ){0,5}(?:marry|marriage)\b",
        rf"{_HES} (?:points?|pointed|pulled|keeps|held|holds) (?:a|his|her|the) (?:gun|knife)\b",
        rf"{_HE} (?:is|has been|is being|gets|got|been|was) (?:\w+ )?(?:violent|abusive) "
        r"(?:again|to me|towards? me|with me|to us)\b",
        r"(?:was|been|got|get|being|am) (?:raped|beaten|hit|attacked|strangled|choked|assaulted|slapped|punched|kicked"
        rf"|stabbed|abused|molested) (?:\w+ ){{0,2}}by (?:my (?:\w+ )?{KIN}|him|her)\b",
        r"i am being (?:abused|beaten|hit|stalked|blackmailed|raped|trafficked|held)\b",
        own=False,
    ),
)  # fmt: skip

_DANGER_NEAR = signs(
    Risk.DANGER_FROM_OTHER,
    ACUTE,
    rf"{_HE} (?:is|has been|keeps) (?:\w+ ){{0,4}}(?:smashing|breaking|throwing|kicking|drunk)\b",
    along=r"scared\b",
    own=False,
) + signs(
    Risk.DANGER_FROM_OTHER,
    ACUTE,
    rf"{_HE} (?:is|gets|got|has been) (?:\w+ )?(?:violent|abusive|dangerous)\b",
    r"(?:locked|hid|shut) (?:myself )?in the (?:bathroom|bedroom|toilet)\b",
    r"trapped in (?:the|my|his|this|our) (?:house|flat|room|home)\b",
    along=r"(?:he|she|tonight|right now|get out|scared|help me|taken|took|locked|keys)\b",
    own=False,
)

_DANGER_HINTED = signs(
    Risk.DANGER_FROM_OTHER,
    INDIRECT,
    r"you (?:\w+ )?(?:hit|punched|slapped|choked|beat|strangled|raped|kicked) me\b(?! (?:with an?|at|up|to))",
    rf"scared of (?:my {KIN}|him|her(?= (?:\.|and|when|temper))|(?:his|her) temper)"
    r"(?! (?:leaving|dying|not|reaction|finding|saying|in law|is (?!temper|moods|anger|fists)|in))\b",
    rf"{_HE} (?:\w+ )?(?:checks?|reads|goes through|tracks?|monitors?|controls?|watches) (?:\w+ )?"
    r"(?:my (?:\w+ )?(?:phone|messages|emails|texts|post|location|money|bank)|where i (?:go|am)"
    r"|what i (?:wear|eat|spend)|who i (?:see|talk to)|everything i do|all the money|the money)\b",
    rf"{_HE} (?:\w+ ){{0,6}}takes my (?:wages|money|salary|card|pay)\b|account for (?:each|every) penny\b",
    r"ask (?:him |her )?for money for\b|follows me everywhere\b|scared of what happens if i\b",
    r"(?:not|never) (?:let|allow) me (?:to )?(?:see|have|talk to|speak to|visit|use) (?:my |any |my own |a )?(?:own |bank |card|job|money|friends|family|mother|sister|anyone)\b",
    r"i flinch\b|set (?:him|her) off\b|punched (?:the|a) (?:wall|door)\b",
    rf"{_HE} gets (?:\w+ )?(?:scary|frightening|violent|nasty) when\b|i can not say no to (?:him|her)\b",
    r"not (?:feel )?safe (?:at home|in my own|with (?:him|her)|around (?:him|her)|anymore)\b",
    r"follows me (?:\w+ ){0,3}and i do not feel safe\b",
    rf"{_HE} (?:\w+ )?(?:grabbed|grabs|twisted|pushed|pushes|shoved|shoves|spat at|spits at) (?:my (?:arm|wrist|hair)|me)\b"
    r"(?! (?:to|for|away|too|out|so|hard to|through|aside|forward|into (?:it|doing|the|a) ))",
    rf"{_HES} (?:throw(?:s|ing)?|threw|hurled|chucked) (?:(?!accusations?|words|questions?|insults?|it\b)\w+ ){{1,3}}at me\b|door locked because of (?:him|her)\b",
    rf"{_HE} (?:threat\w+) (?:to take (?:the|my) (?:kids|children)|me(?! with (?:the sack|legal|lawyers|court)))\b",
    r"keeps? (?:turning|showing) up at my (?:work|house|home|flat|door)\b|lock\w* me out(?= (?:\.|in the|at night|all night))",
    r"if i leave (?:\w+ ){0,4}never see (?:the|my)\b|scared (?:he|she|they) (?:is|are) (?:coming|outside|here)\b",
    r"i will marry who they\b|forced marriage\b",
    rf"{_HES} (?:controlling|abusive|violent)\b(?= (?:\.|and|to|with|when))",
    r"(?:she|wife|girlfriend) will kill me(?= \.)",
    own=False,
)  # fmt: skip

_HARM = (
    *signs(
        Risk.HARM_TO_OTHER,
        INDIRECT,
        rf"(?:{GOING}|want to|need to|have to|wanting to|how to|mind to) (?:\w+ )?{_HARMS} {_TARGET}\b{_NOT_HARMED}",
        rf"(?:thoughts?|thinking|think|fantasi[sz]e|fantasi[sz]ing|dream|dreaming|urge|picturing|imagining|picture) (?:\w+ )?(?:(?:about|of|to) )?"
        rf"{_HARMS} {_TARGET}\b",
        rf"(?:{GOING}|want to) run (?:you|him|her|them) (?:over|down)\b",
        r"(?:will|going to|want to) (?:smash|bash|break) (?:his|her|your|their) (?:\w+ )?"
        r"(?:face|head|skull|jaw|nose|legs?|neck|teeth)\b",
        rf"(?:scared|worried|petrified) (?:\w+ ){{0,3}}(?:what i (?:might|will|could) do to|i (?:will|might"
        rf"|could|am going to) (?:\w+ and )?(?:hurt|hit|kill) (?:you|him|her|them|someone|(?:my )?{KIN}))\b",
        r"want (?:him|her|them|you) dead\b|could hurt (?:someone|him|her|them)\b",
        r"wants? to (?:see|make) (?:him|her|them|you) suffer\b",
    ),
    *signs(
        Risk.HARM_TO_OTHER,
        ACUTE,
        rf"(?:{GOING}|want to|need to|mind to) (?:\w+ )?{_HARMS} {_TARGET}\b{_NOT_HARMED}",
        rf"(?:{GOING}|want to) run (?:you|him|her|them) (?:over|down)\b",
        r"(?:will|going to|want to) (?:smash|bash|break|go round) .{0,40}"
        r"(?:face|head|skull|jaw|nose|legs?|neck|teeth)\b",
        along=_PLAN,
    ),
    *signs(
        Risk.HARM_TO_OTHER,
        ACUTE,
        rf"(?:thinking|think|dream|thought|picturing|imagining) (?:(?:about|of) )?{_HARMS} {_TARGET}\b",
        r"(?:make|making) (?:him|her|them|you) pay\b|(?:he|she|they|you) will pay for\b",
        along=_MEANS,
    ),
    *signs(
        Risk.HARM_TO_OTHER,
        ACUTE,
        rf"(?:{GOING}|want to) (?:shoot|stab|bomb|blow up) (?:everyone|people|them all|the (?:office|school|place))",
        rf"(?:decided to|plan to|planning to) (?:kill|stab|shoot|poison) {_TARGET}\b",
        r"petrol\b.{0,40}burn (?:\w+ ){0,3}(?:house|flat|place|car)\b",
        rf"(?:{GOING}|want to) (?:stab|shoot|poison) my (?:\w+ )?{OTHERS}\b",
        rf"(?:on my way|driving|going) (?:\w+ )?to (?:his|her|their|my) .{{0,30}}to (?:kill|stab|shoot|hurt) {_TARGET}\b",
        rf"beat {_TARGET} (?:until|senseless)\b",
        r"gun\b.{0,20}going to (?:my|his|her|their|the) (?:\w+ ){0,3}(?:house|office|work|place|flat|school)\b",
        r"(?:plan|planned|planning) (?:\w+ ){0,4}(?:kill|hurt|hurting|stab|shoot|killing|attack)"
        r" (?:him|her|them|you|my|people)\b",
        r"(?:knife|gun|axe|hammer)\b.{0,40}\b(?:use it on|pay for what)",
        r"(?:get|bring|bringing|take|taking) (?:a|my|the|his) (?:\w+ is )?(?:gun|knife|rifle)\b.{0,20}\b(?:to|and go)\b",
        r"burn (?:\w+ ){0,3}(?:house|flat|place) down with (?:him|her|them) in\b",
    ),
)  # fmt: skip

_CHILD_NOW = (
    *signs(
        Risk.CHILD_AT_RISK,
        ACUTE,
        rf"(?:going to|might|will|want to|could|would|scared of|to|not stop|keep|thoughts? (?:of|about)) "
        rf"(?:hurt|hit|shake|harm|kill|drown|smother|hurting|harming|hitting|shaking|drowning|smothering|killing"
        rf"|beating) (?:the|my|our|her|his) (?:own )?{YOUNG}\b(?! is feelings)",
        rf"i (?:\w+ ){{0,5}}(?:shook|hit|slapped|beat|kicked|threw|burned|shaken|punched|smothered|dropped on purpose) (?:the|my|our)"
        rf" (?:\w+ )?{YOUNG}\b",
        rf"i (?:\w+ ){{0,3}}grabbed (?:my|the) {YOUNG} by (?:the|his|her) (?:neck|throat|hair)\b",
        rf"i (?:\w+ ){{0,5}}smacked (?:the|my|our) (?:\w+ )?{YOUNG} (?:\w+ ){{0,3}}(?:hard|bled|bruise|face)\b",
        rf"(?:do something|done something) to (?:the|my|our) {YOUNG}\b",
    ),
    *signs(
        Risk.CHILD_AT_RISK,
        ACUTE,
        rf"(?!(?:sons?|daughters?)\b){_HES} (?:{_STRIKES}|hurts?|hurting|touch(?:es|ed|ing)|throw(?:s|n|ing)|threw|drag(?:s|ged|ging))"
        rf" (?:(?:the|my|our|her|his|me and my|me and|at the|at my|their) )?(?:\w+ )?{YOUNG}\b(?! (?:up|off|on the (?:arm|shoulder)))",
        r"(?:uncle|step ?dad|step ?father|dad|father|teacher|coach|boyfriend|brother|cousin|grandad"
        r"|priest) (?:\w+ )?(?:touches|touched|touching) (?:me|her|him)\b(?! on the (?:arm|shoulder))",
        r"(?:dad|father|mum|mother|step ?(?:dad|father|mum|mother)|boyfriend) (?:hits|beats|slaps|kicks|burns|punches)"
        r" (?:her|him|them)\b",
        rf"{YOUNG} (?:is|are|was|were|gets?) (?:\w+ ){{0,2}}(?:beaten|hit|abused|hurt|molested|touched) by\b",
        r"comes? into my room at night\b|(?:step ?dad|dad|father|uncle) makes me touch\b",
        rf"leav(?:es|ing) bruises (?:\w+ ){{0,2}}(?:my |the |our )?{YOUNG}\b",
        own=False,
    ),
    *signs(
        Risk.CHILD_AT_RISK, ACUTE, rf"{_HES} {_STRIKES} me\b{_NOT_STRUCK}", own=False, along=_MINOR
    ),
)  # fmt: skip

_CHILD_HINTED = signs(
    Risk.CHILD_AT_RISK,
    INDIRECT,
    rf"(?:worried|scared) (?:\w+ ){{0,8}}{YOUNG} (?:\w+ ){{0,6}}alone with (?:him|her|my {KIN})\b",
    rf"scared (?:of|to) leav(?:e|ing) (?:the|my|our) {YOUNG} (?:alone )?with\b",
    rf"{YOUNG} (?:\w+ ){{0,8}}(?:flinch(?:es)?|bruises)\b",
    rf"lose it with (?:my|the) {YOUNG} (?:\w+ ){{0,4}}(?:scared|too far)\b",
    r"begged me not to (?:make|send|take|leave)\b",
    rf"i (?:smacked|smack) (?:the|my|our) (?:\w+ )?{YOUNG}\b",
    own=False,
)

SIGNS: tuple[Sign, ...] = (
    *_CHILD_NOW,
    *_CHILD_HINTED,
    *_DANGER_NOW,
    *_DANGER_NEAR,
    *_DANGER_HINTED,
    *_HARM,
)

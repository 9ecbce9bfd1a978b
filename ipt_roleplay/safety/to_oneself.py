"""Signs of danger to the writer's own life: suicide, self-harm, overdose, distress."""

from __future__ import annotations

from ipt_roleplay.domain import Risk
from ipt_roleplay.safety.sign import ACUTE, END, FAINT, GOING, INDIRECT, OTHERS, Sign, signs

_WANT = (
    r"(?:want|wants|wanting|wish|love|like|need|ready|have|prefer|going|rather|desire|plans?"
    r"|planning|planned|decided|tried|trying|try|ways?|how|date|determined|destined|hoping)"
)
_DO_AWAY = (
    r"(?:kill|killed|killing|hang|hanged|hung|hanging|shoot|shooting|drowned|poison|poisoned|unalive|off|offing|drown|drowning|top|topping"
    r"|gas|finish|finishing|end|ending|do away with|doing away with|murder|murdering)"
)
_THINK = (
    r"(?:thoughts?|think|thinking|thought|consider|considering|contemplating|contemplate|ideas?"
    r"|feel|feeling|felt|plan|planning|planned|fantasi[sz]e|fantasi[sz]ing|dream|dreaming)"
)
_HIGH_PLACE = r"(?:bridge|roof|ledge|cliff|parapet|railing|balcony|building|tracks)"
_GONE = r"(?:gone|dead|not (?:around|about|alive|here))"
_LIFE = r"(?:life|living|this life|being alive|existing|everything|it all)"
_NOT_WITH = r"(?! (?:together|with|in|here|like|at|apart|alone|under|out|from|near|by))"

_GOODBYE = r"(?:not want to live|alive|bye|goodbye|note|letters?|die|dead|made up my mind|for the last time)\b"
_BACK_TO_IT = r"(?:going back|nearly|almost|tonight|again|jump|today)\b"
_HOPELESS = (
    r"(?:hopeless|no way out|no hope|no future|nothing left|nothing will ever|empty"
    r"|never (?:get|gets|going to get) better|alone with|dark place|being me|no one to ask"
    r"|no one can help|given up|giving up|so alone|am alone|point (?:of|in) anything"
    r"|there is no point(?! (?:asking|talking|in))|pointless)\b"
)
_UNWELL = r"(?:scared|dizzy|help|sorry|goodbye|took them|not (?:want|wake))\b"
_FRIEND_IN_NEED = (
    r"(?:give up|next day|safe|struggling|suicid\w+|cope|end it|hurt\w*|die|self harm|hopeless"
    r"|go on|alive)\b"
)
_NO_OTHER = r"(?:(?!(?:he|she|they|you|him|her|it|my|his|we|not)\b)\w+ )"
_DEATHLY = (
    r"(?:die|dying|dead|dead man|alive|suicid\w+|existing|not exist)\b"
    rf"(?! (?:of|from|in (?:his|her|their)|at home|for|with (?:his|her)|{OTHERS}))"
)
_INTENT = (
    r"(?:going to|plan on|plan to|planning|decided|intend\w*|need to|want to|have to|how to|ways? to"
    r"|a way|determined|ready to|feel like|chosen to|set on|tonight|today is)"
)
_TAKEN = r"(?:took|taken|taking|swallowed|swallowing|downed|popped|had)"

_SUICIDE_NOW = (
    *signs(
        Risk.SUICIDE,
        ACUTE,
        rf"{_INTENT} {_NO_OTHER}{{0,6}}{_DEATHLY}",
        r"(?:death|dying|suicide) (?:is|seems|would be) (?:the|my) (?:only|best|answer)\b",
        r"(?:fight|fighting|resist|resisting) (?:\w+ )?urges? to (?:jump|die|end|do it)\b|urge to jump\b",
        r"(?:plan|idea|intention) is to (?:\w+ )?(?:overdose|die|jump|end|hang|kill|not wake)\b",
        r"(?:writing|wrote|written|leaving|recorded) (?:\w+ ){0,2}(?:goodbye|suicide|last) (?:notes?|letters?|messages?|videos?)\b",
        r"step(?:ping)? off the (?:platform|roof|ledge|edge|kerb|bridge)\b|enough pills to\b",
        r"crash (?:the|my) car (?:\w+ ){0,3}(?:me in|on purpose|into)\b",
        r"not (?:going to )?(?:make it|get|survive) (?:through )?(?:the night|tonight)\b|loaded (?:gun|shotgun|rifle)\b",
        r"will be dead\b(?! (?:if|tired|to))|(?:standing|stood|sitting|am) (?:at|on) the (?:edge|ledge)(?= (?:\.|of the"
        r" (?:platform|roof|bridge|cliff|building)))",
        r"(?:plan|planning|planned|arrange|arranging) my (?:own )?death\b|find my (?:dead )?body\b",
        r"(?:drink|drinking|starve|starving) myself to death\b",
        r"not promise (?:\w+ ){0,4}(?:alive|safe|still be here)\b|blow(?:ing)? my (?:brains|head) o(?:ut|ff)\b",
    ),
    *signs(
        Risk.SUICIDE, ACUTE, r"(?:gun|shotgun|rifle|rope)\b",
        along=r"i (?:\w+ ){0,6}(?:die|dying|dead|goodbye|end it|not do this anymore)\b",
    ),
    *signs(
        Risk.SUICIDE, ACUTE, r"not (?:think i am )?coming (?:home|back)\b",
        along=rf"(?:river|woods|pills|{_HIGH_PLACE})\b",
    ),
    *signs(Risk.SUICIDE, ACUTE, r"i do not jump\b", along=rf"(?:{_HIGH_PLACE}|train|platform|window)\b"),
    *signs(
        Risk.SUICIDE, ACUTE, r"(?:close to doing|almost did|nearly did|about to do) it\b",
        along=r"(?:pills|rope|gun|bridge|roof|alive|die|blade|note)\b",
    ),
    *signs(
        Risk.SUICIDE,
        ACUTE,
        rf"{_DO_AWAY} myself\b(?! (?:up|down|at))|do(?:ing)? myself in\b",
        r"(?:throw|throwing) myself (?:under|off|in front)\b",
        r"(?:think|thinking|want|wanting) (?:\w+ ){0,3}(?:to|about|of) kill(?:ing)? me\b",
        r"(?:commit|committing|make|do|attempt|attempted|attempting) suicide\b|will suicide\b",
        rf"{_THINK} (?:\w+ ){{0,2}}suicid\w+|suicidal (?:thoughts?|ideation|feelings|urges?)\b",
        r"suicide (?:is|seems|looks|sounds) \w+|my suicide\b|going to suicide\b",
        r"suicidal(?! (?:mission|risk|patients?|clients?))\b",
        r"(?:my|a|another) suicide attempt\b|i attempted(?= (?:\.|last|again))",
        rf"{_WANT} (?:\w+ ){{0,2}}to (?:be )?(?:die|dead)\b"
        r"(?! (?:of|at home|from|laughing|for|with (?:his|her)|in (?:his|her|their) ))",
        r"rather be dead\b(?! than)|(?:run|go|shot|try) at dying\b",
        r"(?:end|ending|ended|finish|finishing) my (?:own )?life\b"
        r"(?! (?:story|sentence|insurance|here|in|as|with|s work))",
        r"(?:want|wish|need) (?:my|this) life (?:to (?:end|be over|stop)|over)\b",
        r"(?:take|taking|took|taken) my own life\b|tak(?:e|en|ing) my life\b(?! (?:back|seriously|in|into|apart|forward|for granted))",
        r"(?:end|ending) it all\b",
        r"(?:end|ending|stop) (?:things|it|everything|my suffering|my pain|the pain) (?:permanently|forever|for good|once and for all)\b",
        rf"(?:{GOING}|am) end(?:ing)? it (?:tonight|tomorrow|now|today|soon|after (?:this|school|work))\b",
        r"(?:not|never) (?:going|intend|intending|plan|planning|expect) to be (?:alive|living)\b",
        r"(?:letters?|notes?|goodbyes?|goodbye|bye)\b.{0,80}\bi will not be (?:here|around|alive)\b",
        r"note (?:\w+ ){0,4}to find\b",
        r"(?:not|never) (?:feel )?safe with myself\b|not keep myself safe\b",
        r"(?:danger|risk) to myself\b|not trust myself (?:not to|tonight|alone|any)\b",
        rf"(?:{GOING}|want to) jump(?= (?:\.|and|off|from|$|or|in front))",
        r"(?:step|stepped|stepping|jump\w*|run|ran|walk\w*|threw|lie|lay|lying) (?:\w+ ){0,2}"
        r"(?:in front of|under) (?:a|the|my) (?:\w+ )?(?:train|bus|car|lorry|truck|tram|tube)\b",
        r"walk(?:ed|ing)? into (?:the )?traffic\b",
        rf"{_HIGH_PLACE}\b.{{0,40}}\bi am (?:not )?going to (?:jump|walk past|step)",
        rf"(?:{GOING}|want to) (?:drive|crash|steer) (?:my|the|this) car (?:into|off)\b",
        r"(?:slit|slash|slitting|slashing|cut|cutting|open) my (?:wrists?|throat|veins?)\b",
        r"noose\b|rope (?:is )?(?:up|ready|tied)\b",
        r"(?:bought|got|had|have|found|tied|getting|took) (?:a|the|some|my) rope\b(?! for)",
        r"my (?:gun|shotgun|rifle) is (?:\w+ )?(?:on the|in my|next to|by|beside|loaded)\b",
        r"(?:gun|shotgun|rifle) (?:\w+ )?(?:loaded )?by the bed\b"
        r"|gun (?:to|at|against|in) my (?:head|mouth)\b",
        r"(?:pills|bottle) (?:\w+ )?(?:in front of me|in my hand|ready(?! for)|next to me|beside me)\b",
        r"pills (?:\w+ ){0,5}(?:going to|will|ready to) (?:swallow|take) (?:them|it)\b",
        rf"(?:{GOING}|want to) (?:swallow|take|down) (?:\w+ )?(?:all|every|the whole) (?:\w+ ){{0,3}}"
        r"(?:pills|bottle)\b",
        r"(?:saved|saving|stockpiled|stockpiling|hoarded|hoarding|collecting|collected|stashed|hiding)"
        r" (?:up )?(?:\w+ ){0,2}pills\b",
        r"(?:have|got) a plan and a (?:date|day|time|place)\b",
        r"(?:want|going|tried|trying|have|need|ready) to (?:kms|unalive|overdose)\b",
    ),
    *signs(
        Risk.SUICIDE,
        ACUTE,
        r"(?:going to do|doing) it (?:this weekend|tonight|tomorrow|today|now|soon|on \w+day)\b",
        r"not (?:going to )?(?:live|survive|last) (?:\w+ ){0,3}(?:winter|christmas|week|month|year|night)\b",
        r"(?:end|ending|finish|finishing) (?:it|things)(?= (?:\.|tonight|now|today|and))",
        r"know (?:what|how) i (?:am |will )?(?:going to|do)\b",
        r"tonight is the night\b|will not be here (?:on|by|next)\b",
        along=_GOODBYE,
    ),
    *signs(
        Risk.SUICIDE,
        ACUTE,
        rf"(?:drove|driven|walked|went|been|stood|standing|climbed) (?:\w+ ){{0,2}}"
        rf"(?:to|on|at|up) (?:the|a|that) (?:\w+ )?{_HIGH_PLACE}\b",
        along=_BACK_TO_IT,
    ),
)  # fmt: skip

_SUICIDE_HINTED = (
    *signs(
        Risk.SUICIDE,
        INDIRECT,
        r"(?<!\d )(?<!any )(?<!few )(?<!red )(?<!ty )(?<!een )(?<!ten )(?<!ive )kms\b(?! (?:from|away|per|an|of|to|on))",
        r"unaliv\w+|ctb\b|kys\b|self delet\w+|(?:yeet|delete|deleting) myself\b",
        r"play in (?:the )?traffic\b|(?:6|six) feet under\b|go (?:away )?and die\b|toaster bath\b",
        r"(?:someone|anyone|you|god|lord) (?:\w+ )?kill me(?= (?:\.|$|already))",
        r"put me out of my misery\b|(?:better|be) off dead\b|as well be dead\b",
        rf"(?:want|going|decided|ready|tempted|like|of|about) (?:to )?end(?:ing)? it{END}",
        rf"(?:done|finished|through|fed up|tired|sick|enough|weary|exhausted) (?:of|with|from)"
        rf" (?:{_LIFE}){END}",
        r"(?:tired|sick|enough|weary|exhausted) (?:of|from) (?:being alive|living|existing)" + _NOT_WITH,
        rf"{_DEATHLY}|(?:to be|being) (?:dead|gone)(?= \.)",
        r"(?:walk|swim|drive|wade) into the (?:sea|river|lake|ocean|water)\b|let(?:ting)? go of the wheel\b",
        r"pills (?:\w+ ){0,4}(?:counted|lined up|in a row|in a pile|stashed)\b",
        r"(?:swap|trade|change) places with (?:him|her)\b|checking out (?:tonight|for good|permanently)\b",
        r"not (?:think|expect|intend|plan|going) (?:i will |to )(?:be around|be alive|see (?:another|next|christmas"
        r"|tomorrow|summer|my|\w+day)|make it (?:to|past|through))\b",
        r"(?:have|got|bought|need) (?:a|the|my|his) (?:\w+ )?(?:gun|shotgun|rifle)\b(?! (?:licence|license|cabinet|club))",
        r"not be trusted (?:with|alone|on my own)\b(?! (?:a|the) (?:secret|budget|project|car))|do something stupid\b",
        r"(?:end|stop) (?:my|the) (?:suffering|pain)\b|not imagine (?:being alive|living another|another (?:year|day) alive)\b",
        r"nothing (?:left )?for me (?:here )?in this (?:life|world)\b",
        r"(?:want|ready|need|wish) (?:for )?(?:it all|everything|all of it|all this) (?:to be|was|were) over\b",
        r"reason to (?:live|be alive|keep living|stay alive|exist)\b(?! (?:in|with|here|there|at|together))",
        r"my life is over\b",
        r"death (?:would|will|could) be\b|want death\b",
        # not wanting to be, not waking
        r"(?:not|never) want(?:ed|ing)? to (?:be (?:alive|around|a person|human|anything)|exist|wake up)\b",
        r"(?:want\w*|wish|like|rather|love|prefer) (?:to )?(?:not|never|stop) (?:be alive|exist\w*|wak\w+|living)\b",
        r"(?:never|not) wak(?:e|ing) up (?:again|ever)\b|(?:not it be nice to )?never wak(?:e|ing) up\b|not existing\b",
        r"not want to be here(?: anymore)?(?: at all)?(?= (?:\.|and|but|or|$))",
        r"not want(?:ed|ing)? to live(?: anymore)?(?= (?:\.|and|but|or|because|$|without))",
        r"not (?:\w+ )?fancy (?:\w+ ){0,3}(?:of|at) (?:this |my )?life\b",
        r"(?:want|wish|hope|hoping|pray|praying|if i|sleep|bed)\b(?: \w+){0,7} (?:not|never) (?:to )?wak\w+",
        r"(?:want|wish|like|going) (?:\w+ ){0,3}sleep (?:and never|forever|for ever|for good)\b",
        r"asleep (?:for good|forever)\b|(?:cease to exist|stop existing)\b",
        r"(?:disappear|disappearing|vanish|gone) (?:for good|forever|completely|and never)\b",
        r"(?:not|off|leave|leaving|belong|of|with) (?:\w+ ){0,4}this (?:earth|planet|world)" + END,
        r"(?:die|do) (?:it )?(?:already|before it is too late)\b|another (?:day|week|year) (?:alive|of living)\b",
        # no reason, no future
        r"no (?:wish|will|desire|reason) to (?:live|go on|be alive|continue)\b",
        r"(?:no|any|not a|what) (?:\w+ ){0,2}reason (?:\w+ ){0,3}to (?:get up|live|go on|be alive|exist"
        r"|be here(?= (?:\.|anymore))|keep going|wake up)\b",
        r"lost (?:the|my) will(?: to (?:live|go on|carry on))?(?= [.])|will to live\b",
        r"not worth (?:living|being alive|going on)\b|life is not worth\b",
        r"(?:nothing|anything|what|much) (?:\w+ ){0,4}to live for\b",
        r"(?:not see|no|what is|is there|what|see no) (?:\w+ ){0,3}(?:point|use) (?:\w+ ){0,2}"
        r"(?:of|in|to) (?:(?:me|my) )?"
        r"(?:being alive|staying alive|being here(?! (?:if|when|you|with))|existing|life"
        rf"|living{_NOT_WITH}|going on(?! (?:about|with|like))|carrying on(?= [.]))",
        r"point of me\b|wh(?:y|at) (?:am i|i am) (?:still )?(?:alive|here for)\b",
        r"(?:bother|why|hard|trying|struggl\w+|reason|hate|sorry) (?:\w+ ){0,4}"
        r"(?:staying|stay|being|be|to be|am|still) alive\b",
        rf"(?:not|why|how) (?:\w+ ){{0,5}}(?:keep|go on|carry on|continue) living\b{_NOT_WITH}",
        r"(?:not (?:see|know) )?(?:why|reason) i should (?:still )?be (?:here|alive)\b",
        r"not be here (?:by|much longer)\b|not make it that far\b",
        r"should not be (?:here at all|alive)\b|not deserve to (?:live|be alive|be here|exist|breathe)\b",
        r"not (?:\w+ )?(?:see|picture|imagine) (?:myself|me) (?:\w+ ){0,3}(?:next year|around|old|thirty|forty)\b",
        r"not see (?:a |any |my )?future(?! (?:in|with|at|here))(?! for (?:us|me in|me at|me with))",
        r"no (?:\w+ )?future for me\b|i have no future\b",
        # wishing it were so
        r"(?:wish|wished|wishing) (?:\w+ ){0,3}(?:never (?:\w+ )?born|not exist|not existed|dead"
        r"|died|never existed|not wake|not alive|feet under)\b",
        r"should (?:have never|never have) been born\b|i should have (?:\w+ )?died\b",
        r"(?:it should have been me|wish it (?:was|were|had been|would have been) me)\b",
        r"not (?:care|mind) (?:if|whether) (?:i|a|the|some) (?:\w+ ){0,2}"
        r"(?:die|died|dead|hit|killed|live|lived|bus|car|plane|train|wake|woke)\b",
        r"not (?:care|mind) what happens to me\b",
        r"(?:not (?:think )?(?:\w+ ){0,3})?if (?:a|the|some) (?:bus|truck|lorry|car|train|plane) (?:came|hit|ran|took|knocked|killed|went)\b",
        r"hop(?:e|ing) (?:i|to) (?:\w+ ){0,2}(?:die|get (?:ill|sick)|not make it)\b",
        r"(?:hop|wish|pray)(?:e|ing)? (?:for|i get|i had) (?:a |an )?(?:heart attack|stroke|cancer|accident)\b",
        r"wanted to die\b(?! (?:of|at home|when|laughing|in (?:his|her)))",
        rf"{_THINK} (?:\w+ ){{0,3}}(?:about|of) (?:being )?"
        r"(?:death|dying|dead|not being here|driving off|jumping|crashing)\b",
        r"jump(?:ing)? off (?:a|the|this) (?:bridge|roof|building|cliff|balcony)\b",
        r"(?:look|looking|stare|staring|stared) at (?:the|my) (?:pills|bridge|river|train|tracks|knife|knives"
        r"|rope|blade)\b",
        r"want (?:everything|it all|all of it) to (?:\w+ )?(?:end|stop|be over|go away)\b",
        r"want it to (?:be over|end|stop)(?: \.)? all of it\b",
        r"want (?:the|this|my) pain to (?:stop|end|go away|be over)\b",
        r"how (?:much|many) longer i can (?:hold on|go on|keep going|survive)\b(?! (?:like|with|doing))",
        # last things
        r"giv(?:e|ing|en) (?:\w+ )?my (?:\w+ )?(?:things|stuff|belongings|possessions) away\b",
        r"giving away (?:all )?my (?:things|stuff|belongings|possessions)\b",
        r"join (?:him|her|them) (?:soon|in heaven|up there|on the other side)\b",
        r"ready to go (?:when|if|to god|to heaven)\w* (?:the lord|god)\b",
        r"(?:my|after an|the) overdose in\b|my attempt\b(?! (?:at|to))",
        r"my goodbye note\b|found my note\b|do it properly next time\b",
        r"(?:said|saying|told) (?:\w+ ){0,2}(?:goodbye|bye) to (?:everyone|my (?:friends|family|kids|children"
        r"|mum|dad|parents|cat|dog))\b",
    ),
    *signs(
        Risk.SUICIDE,
        INDIRECT,
        r"(?:better|happier|easier|simpler|best|relieved|lighter|calmer|nicer|off) (?:\w+ ){0,5}without me\b",
        r"(?<!you )(?:would|will|could) (?:\w+ ){0,3}(?:fine|manage|cope|better|okay|happy) (?:\w+ ){0,3}without me\b",
        rf"(?:not notice )?if i (?:was|were) {_GONE}\b(?! (?:for|by|when|at|in|on|until|after|before))",
        r"if i (?:died|dropped dead|disappeared|vanished)\b|when i am (?:dead|gone for good)\b|my funeral\b",
        r"(?:i am|am i) (?:\w+ ){0,3}burden\b|(?:such a|feel like a|being a) burden\b(?! (?:when|if|on this))",
        r"(?:no one|who|anyone) would (?:\w+ )?(?:miss me|cry|notice|care|come) ?(?:if i|when i)? ?"
        r"(?:was gone|died|am gone|was dead|were gone|disappeared|did it)\b",
        r"(?:no one|who) would (?:\w+ )?miss me\b|favour by not being (?:here|alive|around)\b",
        r"(?:not have to )?put up with me (?:for )?much longer\b|(?:free|rid) of me (?:soon|forever|for good)\b",
        r"out of (?:your|everyone is|everybody is|everyones|the|their) (?:way|hair) (?:for good|forever|soon)\b",
        r"(?:hurts?|painful|easy|peaceful|feels? like|what it is like) to die\b",
        r"taking up space\b|waste of (?:space|oxygen|air|breath)\b",
        own=False,
    ),
    *signs(
        Risk.SUICIDE,
        INDIRECT,
        r"(?:want\w*|going|threat\w+|thinking|thinks|talks?|talking|plan\w*|tried) (?:\w+ ){0,2}"
        r"(?:to|of|about) (?:kill|hurt|harm|top|hang)(?:ing)? (?:himself|herself|themselves|themself)\b",
        r"(?:he|she|they) (?:\w+ ){0,2}wants? to end it all\b|(?:he|she) would be better off dead\b",
        rf"(?:he|she|they|{OTHERS}) (?:\w+ ){{0,3}}not want to (?:live anymore|be alive|be here anymore)\b",
        rf"(?:he|she|they|{OTHERS}) (?:\w+ ){{0,3}}(?:wants? to die(?! (?:at|in|with))|is suicidal)\b",
        own=False,
    ),
)  # fmt: skip

_SELF_HARM = (
    *signs(
        Risk.SELF_HARM,
        ACUTE,
        r"(?:been|keep|kept|started|not stop|am|be) (?:\w+ )?(?:cutting|burning|hurting|harming|starving) myself\b",
        r"(?:cut|hurt) myself .{0,40}bleed\w*",
        r"i am cutting(?= (?:\.|again|right now|now|tonight|so|because))",
        r"(?:cut|burn|burned|burnt|hurt|harm|harmed|punch|punched|starve|hit|bit|bite|scratch) myself"
        r" (?:again|this|last|today|yesterday|every|when|after|before|on purpose|as often|whenever|until|till|to)\b",
        r"i (?:\w+ )?(?:burn|harm|punch|punched|burnt|burned|scratch|bite) myself\b",
        rf"(?:{GOING}|need to|want to|have to|like to) (?:hurt|cut|burn|harm|injure) myself\b",
        r"self harm(?:ing|ed)?\b(?! (?:awareness|prevention|course|training))",
        r"cut(?:ting)? (?:up )?my (?:own )?(?:arms?|legs?|thighs?|skin|stomach)\b",
        r"holding (?:the|a|my) (?:blade|razor|knife)\b|bleeding\b.{0,40}\bmyself\b",
        r"(?:relapsed?|relapsed and) (?:and )?(?:i )?cut\b|i cut again\b",
        r"cutting (?:is|was) (?:\w+ ){0,4}(?:helps?|thing)\b",
        r"i (?:have to |need to |want to )?cut(?= (?:\.|tonight|again|or|to feel|deeper|too))",
        r"(?:carve|carved|carving|slice|sliced) (?:\w+ ){0,3}my (?:arms?|legs?|thighs?|wrists?|skin|stomach)\b",
        r"fresh cuts\b|cuts (?:all over|on) my (?:arms?|legs?|wrists?|thighs?)\b",
        r"hit(?:ting)? my head (?:against|on) (?:the|a) wall (?:until|till|every)\b",
    ),
    *signs(
        Risk.SELF_HARM,
        INDIRECT,
        r"(?:hurt|harm|cut|burn|injure|punish|starve)(?:t?ing|ed|ning)? myself\b|punishing myself\b",
        r"(?:clean from|stopped|back to|started|miss|thinking about|urge for|feel like) (?:\w+ )?cutting\b"
        r"(?! (?:back|down|corners|costs|hours|the|out|off|my|his|her))",
        r"(?:keep|hid|hide|kept|got|have) (?:the|my|a|some) (?:blades?|razors?)\b",
        r"urges? (?:again|to (?:cut|hurt|harm|burn))\b|had the urge\b",
        r"(?:want\w*|tempted|craving|need) to (?:cut|bleed|relapse)(?= (?:\.|again|tonight|and|so|$))",
        r"(?:picked up|reached for|reach for|took out|found|hid) (?:the|a|my) (?:razor|blade)s?\b",
        r"used to cut(?= (?:\.|and|but))|deserve to (?:be hurt|be punished|bleed|suffer)\b",
        r"(?:scratch|tear|rip|dig) (?:\w+ ){0,3}(?:skin|nails into my)\b",
        r"long sleeves (?:\w+ ){0,3}(?:sees?|arms)\b|not cut (?:for|in) (?:a|\d+|\w+ (?:weeks|months|days))\b",
    ),
    *signs(
        Risk.SELF_HARM,
        INDIRECT,
        r"(?:is|been|keeps|started) (?:cutting|hurting|harming|starving) (?:herself|himself|themselves)\b",
        own=False,
    ),
)  # fmt: skip

_HURT_BODY = signs(
    Risk.SELF_HARM,
    ACUTE,
    r"(?:cut|cutting|burn\w*|scratch\w*|pick\w*|stab\w*|bit\w*) (?:up |at |into )?my (?:own )?"
    r"(?:arms?|legs?|thighs?|wrists?|skin|stomach|hands?)\b",
    along=r"(?:raw|on purpose|again|every|calm|cope|relief|feel|bleeds?|bled)\b",
)

_OVERDOSE = (
    *signs(
        Risk.OVERDOSE,
        ACUTE,
        r"(?:taken|took|had|done) (?:an|a) overdose\b|(?:i|i have) overdosed?\b|overdosed (?:on|last|this|again|and|\.)",
        rf"{_TAKEN} (?:\w+ ){{0,3}}?(?:all|every|whole|load|loads|lot|lots|too many|too much|handful|bunch"
        r"|rest|fistful|packet|box|heap|everything)(?: \w+){0,4} pills\b",
        rf"{_TAKEN} (?:them all|all of them)(?: \.)? (?:the|my|those) pills\b",
        r"(?:whole|entire|all my|all of my) (?:prescription|supply of pills)\b",
        r"swallowed (?:everything|all of it|the lot|whatever)\b|poisoned myself\b",
        r"(?:taken|took|drank|drunk|swallowed) .{0,50}\b(?:on purpose|meant to)\b",
    ),
    *signs(Risk.OVERDOSE, ACUTE, r"i (?:have )?(?:took|taken) (?:the|my) pills\b", along=_UNWELL),
)  # fmt: skip

_DISTRESS = (
    *signs(
        Risk.DISTRESS,
        INDIRECT,
        r"not (?:do this|do it|go on|cope|take it|take this|keep going|carry on|face anything)\b",
        r"end of my (?:rope|tether)\b|(?:use|point) (?:of|in) trying\b|trapped\b|drowning\b",
        along=_HOPELESS,
    ),
    *signs(
        Risk.DISTRESS,
        INDIRECT,
        r"(?:feels?|feeling|am|so|completely) (?:\w+ ){0,2}hopeless\b(?! (?:at|with|about (?:our|the|this|my|us)))",
        r"lost (?:all )?(?:my )?hope\b(?! (?:of|in|for|that|you|with))",
        r"(?:it is|everything is|life is|it all feels) (?:all )?(?:pointless|meaningless)\b",
        r"feel(?:ing)? (?:dead|numb|empty) (?:inside|all the time)\b",
        r"(?:see no|not see any|is no|i have no) way out(?: for me)?(?! (?:of|for))\b|no hope (?:left|for me|in me)\b",
        r"(?:hate|loathe|despise|detest) (?:(?:everything about )?myself(?! for)|being me|who i am|being alive)|not bear being me\b\b",
        r"i (?:am|feel) (?:\w+ )?worthless\b|(?:nothing|no one) (?:will|can) ever (?:fix|help|save)\b",
        r"i am in a (?:\w+ )?dark place\b|not go on(?= (?:\.|$))",
        r"giv(?:en|ing) up on (?:everything|life|myself|living)\b|i do not matter(?! to)\b",
        r"not see any way forward\b|not face the next day\b",
    ),
    *signs(
        Risk.DISTRESS, INDIRECT, r"asking for (?:a|my) friend\b", own=False, along=_FRIEND_IN_NEED
    ),
)  # fmt: skip

_AFTERWARDS = signs(
    Risk.DISTRESS,
    FAINT,
    r"(?:joking|kidding|joke)\b|not mean it\b|drop it\b|it is nothing\b",
    r"(?:forget (?:it|what i said|i said)|never mind|nvm|ignore (?:that|me))\b",
    r"i am (?:fine|ok|okay|alright|all right)\b|(?:sorry for everything|it does not matter)\b",
    r"(?:no point|what is the point|who cares|no one cares|give up|giving up|goodbye|bye)\b",
    r"(?:tired|exhausted|all alone|am alone|scared|not cope|not do this)\b",
    r"(?:he|she) is (?:here|back|home|coming)\b",
    own=False,
)

SIGNS: tuple[Sign, ...] = (
    *_OVERDOSE, *_SUICIDE_NOW, *_SUICIDE_HINTED, *_SELF_HARM, *_HURT_BODY, *_DISTRESS, *_AFTERWARDS,
)  # fmt: skip

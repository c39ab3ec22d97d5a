/**
 * Words of English technical prose by what they do in a sentence. General vocabulary, written from grammar and from
 * style guides for technical writers; nothing here comes from single articles.
 */

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words that carry no fact: articles, pronouns, prepositions, auxiliaries, and the padding of instructions. */
export const emptyWords = list(`
  a an the this that these those it its it's they them their he she him her his hers we us our you your yours i my me
  who whom whose which what where there here one ones someone somebody anyone anybody everyone himself herself itself
  themselves yourself of in on at by for from to into onto with within about as per via upon over under between among
  through during against toward towards across along around near out up down off and or but so if then than because
  since while when whenever although though however therefore thus hence also too both either neither each every any
  all some such same own other another else several many much more most less least few lot be is are was were been
  being am do does did done doing have has had having get gets got getting let lets make makes made making sure
  ensure ensures ensured verify verified please just simply really actually basically quite very rather currently
  now again still already yet even well further additional additionally furthermore moreover instead afterwards
  following follow follows below above next previous first last finally example examples eg ie etc namely
  see refer refers reference information info details detail article articles topic topics section learn read
  how why way ways order able will would shall want wants need needs like appropriate respective particular
  specific certain various different given available use uses used using perform performs performed performing
  carry execute run runs running ran it'll you'll etc. e.g i.e vs respectively describes describe discusses
  provide provides provided contain contains containing include includes included including regarding whether
  yourself ones's try tries tried trying attempt attempts note notes go goes going went come comes keep keeps
`);

/** A negation turns a sentence round. */
export const negations = list(`
  not no never none cannot without nor nothing unable isn't aren't don't doesn't unsupported
`);

/** Modal verbs and words of duty or leave: what must, should or may be done. */
export const modals = list(`
  must should may might can could required require requires recommend recommended recommends optional optionally
  only always mandatory supported deprecated
`);

const alike: readonly string[] = [
  'select click choose pick press tap hit selecting clicking',
  'issue problem trouble',
  'fix resolve solve correct repair',
  'occur happen arise',
  'show display appear present view',
  'finish complete',
  'begin start launch open',
  'stop quit exit close',
  'delete remove erase',
  'enter type input',
  'change modify edit alter',
  'turn switch',
  'enable activate',
  'disable deactivate',
  'receive obtain retrieve',
  'later newer higher',
  'earlier older lower prior',
  'big large',
  'search find locate look',
  'method option approach solution resolution',
  'cause reason',
  'error message errors',
  'user person people',
  'computer machine pc',
  'folder directory',
  'navigate browse visit',
  'resemble similar',
  'permit allow let',
  'admin administrator administrative administration',
  'app application',
  'program software',
  'website site webpage page web',
  'email mail e-mail',
  'sign log logon login signin',
  'correct right',
  'wrong incorrect',
  'fail failure unsuccessful',
  'check checkbox box',
  'value data',
  'move transfer',
  'result outcome',
  'return give',
  'test check',
  'restart reboot',
  'contact reach',
  'center portal',
  'pane panel',
  'button icon',
  'update upgrade',
  'confirm verify',
];

/** A word → the first of those that mean the same in instructions. */
export const synonyms: ReadonlyMap<string, string> = new Map(
  alike.flatMap((group) => {
    const [first = '', ...others] = group.split(' ');
    return others.map((word): [string, string] => [word, first]);
  }),
);

/** Written-out numbers → digits; "one" is more often a pronoun. */
export const numerals: ReadonlyMap<string, string> = new Map(
  'two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, index): [string, string] => [word, String(index + 2)]),
);

/** What begins the name of a command in the shell of Windows ("Get-Mailbox"). */
export const commandVerbs = list(`
  add clear close compare complete connect convert convertfrom convertto copy debug disable disconnect dismount edit
  enable enter exit export find flush format get grant hide import initialize install invoke join limit lock measure
  merge mount move new open optimize out ping pop preload prepare publish push read receive redo register remove
  rename repair replay request reset resize resolve restart restore resume retry revoke save search select send set
  show skip split start step stop submit suspend switch sync test trace unblock undo uninstall unlock unpublish
  unregister update upgrade use validate wait watch write
`);

/** Names of companies and domains that documentation uses for examples; which one stands there says nothing. */
export const sampleNames =
  /\b(?:contoso|fabrikam|fabikram|adatum|tailspintoys|tailspin|northwindtraders|northwind|woodgrove(?:bank)?|wingtiptoys|litware(?:inc)?|proseware|treyresearch|cohovineyard|cohowinery|fourthcoffee|lucernepublishing|margiestravel|alpineskihouse|wideworldimporters|relecloud|cpandl|humongousinsurance|example)\b/i;

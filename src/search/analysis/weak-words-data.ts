/** Articles, pronouns, prepositions and auxiliaries per language, lower case. */
export const functionWords: Readonly<Record<string, readonly string[]>> = {
  en: split(`a about after all also am an and any are as at be because been before being between both but by can could
    did do does doing done during each either else etc for from get gets got had has have having he her here him his
    how i if in into is it its itself just may me might more most must my neither no nor of off on once one only onto
    or other our out over own per she should so some such than that the their them then there these they this those
    through to too under until up upon us very was we were what when where whether which while who whom whose why will
    with within without would you your yours`),
  de: split(`aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis da das dass dem den der des
    die dies diese diesem diesen dieser dieses doch du durch ein eine einem einen einer eines er es für hat habe haben
    hatte ich ihr ihre im in ist ja kann können man mehr mit nach noch nur oder ohne schon sein seine sich sie sind so
    über um und uns unter vom von vor war was wenn werden wie wir wird wo zu zum zur`),
  fr: split(`à au aux avec ce ces cet cette comme dans de des du elle elles en entre est et être il ils je la le les leur
    leurs lors lorsque lui mais mes mon ne nos notre nous on ont ou où par pas peut plus pour quand que qui sa sans se
    ses si son sont sur ta tes ton tous tout toute un une vos votre vous`),
  es: split(`a al algo ante como con cuando de del desde donde durante e el ella ellas ellos en entre era es esa ese eso
    esta este esto ha hay la las le les lo los más me mi muy no nos o os para pero por porque puede que se ser si sin
    sobre son su sus también te tiene todo todos tu un una uno unos y ya`),
  it: split(`a ad ai al alla alle anche che chi ci come con cui da dal dalla dei del della delle di e è ed essere fra gli
    ha hanno i il in io la le lei lo loro ma mi nei nel nella non o per perché più può quale quando questa questo se si
    sono su sua sul sulla suo tra tu un una uno`),
  pt: split(`a ao aos as com como da das de dele do dos e é ela elas ele eles em entre era essa esse esta este eu foi há
    isso isto já la lhe mais mas me mesmo na nas não no nos o os ou para pela pelo por quando que quem se sem ser seu
    são sobre sua também te tem um uma você`),
  nl: split(`aan al alle als bij daar dan dat de deze die dit door een en er had heb hebben heeft het hij hoe hun ik in is
    ja je kan kunnen maar meer men met mijn na naar niet nog nu of om onder ons ook op over te tot uit uw van veel voor
    was wat we wel werd wie wij worden wordt zal ze zich zij zijn zo zonder zou`),
  sv: split(`alla att av bara de dem den denna det detta dig din du där eller en ett för från ha han har hon hur i icke
    ingen inte jag kan kunde man med men mig min mot mycket ni nu när och om oss på sedan sig sin ska som så till under
    upp ut vad var vara vi vid vilken är`),
  da: split(`ad af alle at blev bliver da de dem den denne der det dette dig din du efter eller en end er et for fra ham
    han har havde hun hvad hvis hvor i ikke ind jeg kan kunne man med meget men mig min mod når og også om op os over
    på sig sin skal som til ud under var vi vil`),
  nb: split(`alle at av da de dem den denne der det dette du eller en er et etter for fra ha han har hun hva hvis hvor i
    ikke jeg kan kunne man med men mot når og også om opp oss på seg sin skal som så til ut under var ved vi vil`),
  fi: split(`ei en että he hän ja jos joka jotka kanssa kuin kun me minä mitä mukaan myös mutta ne niin nyt ole olen on
    ovat se sen siitä sinä tai te tämä vain vaikka voi`),
  ru: split(`а без бы был была были было быть в вам вас во вот все вы где да для до его ее если есть еще же за и из или
    им их к как когда кто ли мне мы на над не него нее нет ни но о об он она они оно от по под при с со так также там
    то того только у уже что чтобы эта эти это я`),
  pl: split(`a aby ale bez być był czy dla do gdy go i ich ile im ja jak jako jest jeśli już każdy która które który lub
    ma może na nad nie o od oraz po pod przed przez przy są się ta tak także tam te tego ten to tu w we wszystko z za
    ze że`),
  tr: split(
    'ama ancak bir bu çok da daha de değil en gibi ile için ise ki mi ne o olan olarak olduğu sonra şu ve veya ya',
  ),
};

/** Words with which people speak of any problem and any article, lower case. */
export const lightWords: Readonly<Record<string, readonly string[]>> = {
  en: split(`article cannot describe error fix guide help issue microsoft not occur problem receive resolve resolution
    solve support troubleshoot unable use using welcome`),
  de: split(
    'artikel beheben fehler hilfe lösen lösung microsoft nicht problem support unterstützung verwenden',
  ),
  fr: split('aide article erreur microsoft problème résoudre résolution support utiliser'),
  es: split('artículo ayuda error microsoft problema resolver solución soporte usar utilizar'),
  it: split('aiuto articolo errore microsoft problema risolvere soluzione supporto usare utilizzare'),
  pt: split('ajuda artigo erro microsoft problema resolver solução suporte usar utilizar'),
  nl: split('artikel fout gebruiken help microsoft niet oplossen oplossing probleem ondersteuning'),
};

function split(words: string): string[] {
  return words.split(/\s+/);
}

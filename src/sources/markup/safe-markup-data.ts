const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Elements that mark up text and forms of HTML 2 to 5; none of them runs or embeds a document. */
export const safeElements = words(`
  a abbr acronym address area article aside audio b bdi bdo big blockquote br button canvas caption center cite code
  col colgroup command data datagrid datalist dd del details dfn dialog dir div dl dt em event-source fieldset
  figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd keygen label legend li m
  main map mark menu meter multicol nav nextid noscript ol optgroup option output p pre progress q rp rt ruby s samp
  section select small sound source spacer span strike strong sub summary sup table tbody td textarea tfoot th thead
  time tr tt u ul var video wbr math svg
`);

/** What stands in them is no text of the page either. */
export const droppedWithContent = words('applet script style template');

export const voidElements = words(`
  area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr
`);

/** Attributes without handlers, of HTML 2 to 5 and of the browsers of their time. */
export const safeAttributes = words(`
  abbr accept accept-charset accesskey action align alt aria-label autocomplete autofocus autoplay axis background
  balance bgcolor bgproperties border bordercolor bordercolordark bordercolorlight bottompadding cellpadding
  cellspacing ch challenge char charoff charset checked choff cite class clear color cols colspan compact
  contenteditable controls coords data datafld datapagesize datasrc datetime default delay dir disabled draggable dynsrc
  enctype end face for form frame galleryimg gutter headers height hidden hidefocus high href hreflang hspace icon id
  inputmode ismap itemprop keytype label lang leftspacing list longdesc loop loopcount loopend loopstart low lowsrc
  max maxlength media method min multiple name nohref noshade nowrap open optimum pattern ping point-size poster pqg
  preload prompt radiogroup readonly rel repeat-max repeat-min replace required rev reversed rightspacing role rows
  rowspan rules scope selected shape size span src start step style summary suppress tabindex target template title
  toppadding type unselectable urn usemap valign value variable volume vrml vspace width wrap xml:lang
`);

export const urlAttributes = words(`
  action background cite classid codebase data dynsrc formaction href longdesc lowsrc ping poster profile src urn
  usemap xlink:href
`);

/** Names of elements and attributes in drawings and formulas, lower case; no animation, no foreign objects. */
export const svgNames = words(`
  svg circle clippath defs desc ellipse g image line lineargradient marker metadata missing-glyph mpath path polygon
  polyline radialgradient rect stop switch text title tspan
  accent-height accumulate additive alphabetic arabic-form ascent baseprofile bbox cap-height class color
  color-rendering content cx cy d descent display dur dx dy fill fill-opacity fill-rule font-family font-size
  font-stretch font-style font-variant font-weight fx fy g1 g2 glyph-name gradientunits hanging height horiz-adv-x
  horiz-origin-x id ideographic k keypoints keysplines keytimes lang marker-end marker-mid marker-start markerheight
  markerunits markerwidth mathematical max min name offset opacity orient origin overline-position
  overline-thickness panose-1 pathlength points preserveaspectratio r refx refy requiredextensions requiredfeatures
  restart rotate rx ry slope stemh stemv stop-color stop-opacity strikethrough-position strikethrough-thickness
  stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity
  stroke-width systemlanguage target text-anchor transform type u1 u2 underline-position underline-thickness unicode
  unicode-range units-per-em version viewbox visibility width widths x x-height x1 x2 xlink:actuate xlink:arcrole
  xlink:href xlink:role xlink:show xlink:title xlink:type xml:base xml:lang xml:space xmlns xmlns:xlink y y1 y2
  zoomandpan
  annotation annotation-xml maction maligngroup malignmark math menclose merror mfenced mfrac mglyph mi mlabeledtr
  mlongdiv mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mscarries mscarry msgroup msline
  mspace msqrt msrow mstack mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics
  actiontype align close columnalign columnlines columnspacing columnspan depth displaystyle encoding equalcolumns
  equalrows fence fontstyle fontweight frame linethickness lspace mathbackground mathcolor mathvariant maxsize
  minsize notation open other rowalign rowlines rowspacing rowspan rspace scriptlevel selection separator separators
  stretchy
`);

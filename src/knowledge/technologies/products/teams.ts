/** Teams and what came before it. */
export const teamsOutline = `
Teams | Microsoft Teams | MS Teams | Teams for Work or School :: Chat, meetings and calls
  Teams for Windows | Teams on Windows | New Teams | Classic Teams
  Teams for Mac | Teams on Mac | Teams for macOS
  Teams for Linux | Teams on Linux
  Teams Mobile | Teams for iOS | Teams for Android
  Teams Web Client | Teams for the web
  Teams Rooms | Microsoft Teams Rooms | was Skype Room System | was Skype Room System v2 | was Skype Room Systems | was Lync Room System | abbr MTR | Teams Rooms and Devices | Surface Hub
  Teams Phone | was Phone System | Teams Phone System | Teams Calling | Direct Routing
  Teams Meetings | Teams Conferencing | Teams Live Events | Teams Webinars
  Teams Administration | Teams Admin Center | abbr TAC
  Teams Devices | Teams Phones | Teams Panels
  Teams Apps | Teams Tabs
  Teams Free | Teams Personal | Teams (free)
`;
export const skypeOutline = `
Skype for Business | was Lync | was Office Communicator | Skype for Business on Mac | Skype for Business client | abbr SfB | SkypeforBusiness :: Chat, meetings and calls before Teams
  + 2015, 2016, 2019
  Skype for Business Online | was Lync Online | Skype Online | abbr SfBO
  Skype for Business Server | was Lync Server | was Office Communications Server | Skype Server
    + 2015, 2019
    Lync Server 2013
    Lync Server 2010
    Office Communications Server 2007 | Office Communications Server 2007 R2 | abbr OCS
    Group Chat | Persistent Chat | Lync Group Chat
  Skype for Business Hybrid | Skype Hybrid
  Skype for Business Cloud Connector Edition | Cloud Connector Edition | abbr CCE
  Skype for Business Mobile | Skype for Business for iOS | Skype for Business iOS | Skype for Business for Android | Lync Mobile
  Skype for Business Web App | was Lync Web App
  Lync 2013 | Lync Basic 2013 | Lync 2013 for iPhone | Lync 2013 for iPad
  Lync 2010 | Lync 2010 Attendee | Lync 2010 for Android
  Lync for Mac | Lync for Mac 2011
  Lync Phone Edition
  Office Communicator 2007 | Office Communicator 2007 R2
Skype | Skype for Consumers
`;

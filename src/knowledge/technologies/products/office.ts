/** The desktop, web and mobile apps, in all their versions. */
export const officeOutline = `
Office | Microsoft Office | Office Products | Office suites | MS Office :: The apps for documents, tables, slides, notes and mail
  + 95, 97, 2000, XP | Office 2002, 2003, 2007 | was 2007 Office system, 2010, 2013, 2016, 2019, 2021 | Office LTSC 2021, 2024 | Office LTSC 2024
  Office Starter 2010
  Office for Mac | Microsoft 365 for Mac | Office 365 for Mac
    + 2004, 2008, 2011, 2016, 2019, 2021 | Office LTSC 2021 for Mac, 2024 | Office LTSC 2024 for Mac
  Office for the web | was Office Online | was Office Web Apps | Office apps for the web
  Office Online Server | was Office Web Apps Server | abbr OOS
    Office Web Apps Server 2013 | Office Web Apps 2013
  Office Mobile | Office app for iOS | Office Mobile for iPhone | Office Mobile for Android | Microsoft 365 mobile app
  Office Deployment Tool | abbr ODT
  Office Click-to-Run | abbr C2R
  Office Add-ins | Office JavaScript API
  Visual Basic for Applications | abbr VBA | Office VBA
  Microsoft Lens | was Office Lens
  Access | Microsoft Access | MS Access
    + 95, 97, 2000, 2002, 2003, 2007, 2010, 2013, 2016, 2019, 2021, 2024
    Access for Microsoft 365 | was Access for Office 365 | Access 365
    Access Runtime | Access database engine | Access Database Engine Redistributable
  Excel | Microsoft Excel | MS Excel
    + 95, 97, 98, 2000, 2001, 2002, 2003, 2007, 2010, 2013, 2016, 2019, 2021, 2024
    Excel for Microsoft 365 | was Excel for Office 365 | Excel 365
    Excel for Mac | Excel for Macintosh | Excel for Microsoft 365 for Mac | was Excel for Mac for Office 365
      + 2004, 2008, 2011, 2016, 2019, 2021
    Excel for the web | was Excel Online | was Excel Web App
    Excel Services | Excel Services in SharePoint Server 2010
    Pocket Excel | Excel Mobile
    Power Query
    Power Pivot
  InfoPath | Microsoft InfoPath
    + 2003, 2007, 2010, 2013
    InfoPath Designer | InfoPath Designer 2010
    InfoPath Forms Services
  OneNote | Microsoft OneNote | OneNote on Devices | OneNote App on Teams Client
    + 2003, 2007, 2010, 2013, 2016, 2019, 2021
    OneNote for Microsoft 365 | was OneNote for Office 365
    OneNote for Mac | OneNote for Microsoft 365 for Mac | was OneNote for Mac for Office 365
      + 2016
    OneNote for the web | was OneNote Online | OneNote on the Web | OneNote Online (OneNote on the Web)
    OneNote for Windows 10 | OneNote for Win 10
    OneNote Mobile | OneNote for iPhone | OneNote for iPad | OneNote for Android
  PowerPoint | Microsoft PowerPoint
    + 97, 98, 2000, 2001, 2002, 2003, 2007, 2010, 2013, 2016, 2019, 2021, 2024
    PowerPoint for Microsoft 365 | was PowerPoint for Office 365 | PowerPoint 365
    PowerPoint for Mac | PowerPoint for Microsoft 365 for Mac | was PowerPoint for Mac for Office 365
      + 2004, 2008, 2011, 2016, 2019, 2021
    PowerPoint for the web | was PowerPoint Online | was PowerPoint Web App
    PowerPoint Mobile | PowerPoint for iPad, iPhone and iPod touch
  Project | Microsoft Project | MS Project
    + 98, 2000, 2002, 2003, 2007, 2010, 2013, 2016, 2019, 2021, 2024
    Project for Microsoft 365 | Project Online Desktop Client | was Project for Office 365 | was Project Pro for Office 365 | Project Pro for Microsoft 365
    Project Online | Project for the web
    Project Server | Project Web App | abbr PWA
      + 2003, 2007, 2010, 2013, 2016, 2019, Subscription Edition
  Publisher | Microsoft Publisher
    + 2000, 2002, 2003, 2007, 2010, 2013, 2016, 2019, 2021
    Publisher for Microsoft 365 | was Publisher for Office 365 | Publisher 365
  Visio | Microsoft Visio
    + 2000, 2002, 2003, 2007, 2010, 2013, 2016, 2019, 2021, 2024
    Visio for Microsoft 365 | was Visio Pro for Office 365 | Visio Pro for Microsoft 365 | Visio Plan 2
    Visio for the web | Visio Online
    Visio Services | Visio Services in Microsoft SharePoint Server 2010
  Word | Microsoft Word | MS Word
    + 95, 97, 98, 2000, 2001, 2002, 2003, 2007, 2010, 2013, 2016, 2019, 2021, 2024
    Word for Microsoft 365 | was Word for Office 365 | Word 365
    Word for Mac | Word for Microsoft 365 for Mac | was Word for Mac for Office 365
      + 2004, 2008, 2011, 2016, 2019, 2021
    Word for the web | was Word Online | was Word Web App
    Word Mobile | Word for iPad, iPhone and iPod touch
  Outlook | Microsoft Outlook | MS Outlook | All versions of Outlook :: Mail, calendar and contacts
    + 97, 98, 2000, 2002, 2003, 2007, 2010, 2013, 2016, 2019, 2021, 2024
    Outlook for Microsoft 365 | was Outlook for Office 365 | Outlook 365
    New Outlook for Windows | New Outlook | was One Outlook
    Outlook for Windows | Classic Outlook | Outlook (classic)
    Outlook for Mac | Outlook for Microsoft 365 for Mac | was Outlook for Mac for Office 365 | New Outlook for Mac | was Entourage
      + 2011, 2016, 2019, 2021
    Outlook on the web | abbr OWA | was Outlook Web App | was Outlook Web Access | Outlook on the web (OWA)
    Outlook.com | was Hotmail | was Windows Live Hotmail | was Live.com | Outlook dot com
    Outlook Mobile | Outlook for iOS and Android
      Outlook for iOS | Outlook for iPhone | Outlook for iPad
      Outlook for Android
    Outlook with Business Contact Manager | Business Contact Manager | Outlook 2010 with Business Contact Manager | Business Contact Manager for Outlook
    Mail and Calendar for Windows 10 | Outlook Mail & Calendar Apps for Windows 10 | Windows Mail | was Outlook Express
    Outlook Development | Outlook Object Model | MAPI
`;

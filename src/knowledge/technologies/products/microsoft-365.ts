/** The subscription, its plans, its administration and the services that belong to no other family. */
export const microsoft365Outline = `
Microsoft 365 | was Office 365 | abbr M365 | abbr O365 | Office365 | was Microsoft Office 365 | Microsoft 365 (Enterprise, Business, Government, Education) :: Microsoft's subscription of cloud services and apps for organisations and homes
  Microsoft 365 Admin Center | was Office 365 Admin Center | Microsoft 365 Administration | Microsoft 365 Admin
  Microsoft 365 Apps | was Office 365 ProPlus | Microsoft 365 Apps for enterprise | Microsoft 365 Apps for business | was Office 365 Business | was Office 365 Professional Plus | M365 Apps for enterprise | was Office 2016 version of Office 365 ProPlus | Office 2016 version of Microsoft 365 Apps for enterprise | was Microsoft Office 365 ProPlus 2016 | was Microsoft Office 365 ProPlus 2013 | Office for Business :: The desktop apps of the subscription
  Microsoft 365 Enterprise | Microsoft 365 for enterprise | was Office 365 Enterprise
  Microsoft 365 Business | Microsoft 365 for business | Microsoft 365 Business Basic | Microsoft 365 Business Standard | Microsoft 365 Business Premium | was Office 365 Small Business | Microsoft 365 Small Business
  Microsoft 365 Family and Personal | Microsoft 365 Family | Microsoft 365 Personal | was Office 365 Home | was Office 365 Personal | Microsoft 365 Home | Microsoft 365 for Home
  Microsoft 365 Education | Office 365 Education | Microsoft 365 A3 | Microsoft 365 A5
  Microsoft 365 Government | Office 365 Government | Office 365 US Government | Office 365 GCC | Microsoft 365 GCC High
  Microsoft 365 Dedicated | was Office 365 Dedicated/ITAR | was Office 365 Dedicated | was Business Productivity Online Dedicated | was Business Productivity Online Suite Federal | was Business Productivity Online Suite | abbr BPOS | was Office Communications Online Dedicated
  Microsoft 365 Identity Management | was Office 365 Identity Management | Office 365 Identity
  Microsoft 365 User and Domain Management | was Office 365 User and Domain Management | Microsoft 365 domain management | Office 365 Domain management | User and Domain Management
  Microsoft 365 Lighthouse
  Microsoft 365 Copilot | was Copilot for Microsoft 365 | was Bing Chat Enterprise
  Copilot Studio | was Power Virtual Agents
  Microsoft 365 Groups | was Office 365 Groups
  Microsoft 365 Backup
  Microsoft 365 Archive
  Microsoft Bookings
  Microsoft Forms | Office 365 Forms
  Microsoft Lists
  Microsoft Loop
  Microsoft Planner | was Office 365 Planner | Microsoft 365 Planner
  Microsoft Search | Search in Microsoft 365
  Microsoft Stream | was Office 365 Video
  Microsoft Sway
  Microsoft To Do | To-Do
  Microsoft Whiteboard
  Microsoft Graph | Microsoft Graph API | MS Graph
  Microsoft Purview | was Microsoft 365 Compliance | was Office 365 Security & Compliance Center | was Security and Compliance Center | was Microsoft 365 compliance center | Microsoft Purview compliance portal :: Compliance, data protection and governance
    Microsoft Purview Data Loss Prevention | was Office 365 Data Loss Prevention | was Microsoft 365 Data Loss Prevention | Data Loss Prevention | abbr DLP
    Microsoft Purview Information Protection | was Azure Information Protection | was Microsoft Information Protection | abbr AIP | Sensitivity labels
    Microsoft Purview eDiscovery | eDiscovery | was Advanced eDiscovery
    Microsoft Purview Data Lifecycle Management | was Microsoft Information Governance | Retention policies
    Microsoft Purview Audit | Unified audit log
    Microsoft Purview Insider Risk Management
    Microsoft Purview Message Encryption | was Office 365 Message Encryption | abbr OME
    Rights Management | was Azure Active Directory Rights Management | Azure Rights Management | Active Directory Rights Management Services | Active Directory Rights Management Services Client 2.0 | AD RMS | abbr RMS
  Microsoft Viva :: The employee experience apps
    Viva Connections
    Viva Engage | was Yammer
    Viva Glint
    Viva Goals
    Viva Insights | was MyAnalytics | was Workplace Analytics
    Viva Learning
    Viva Topics
  Delve | Office Delve
  Kaizala
`;

/** SharePoint and OneDrive. */
export const sharepointOutline = `
SharePoint | Microsoft SharePoint :: Sites, lists and documents
  SharePoint Online | abbr SPO | SharePoint in Microsoft 365 | SharePoint Online Small Business | SharePoint Online 2013 | SharePoint Online MSIT
    SharePoint Admin Center | SharePoint Online admin center
    SharePoint Embedded
    SharePoint Online Management Shell
  SharePoint Server | SharePoint Server on-premises | was Microsoft Office SharePoint Server | abbr MOSS
    + 2007 | was SharePoint Portal Server 2007, 2010 | SharePoint 2010 For Internet Sites, 2013 | SharePoint Server 2013 Central Administration | SharePoint Server 2013 Central Admin, 2016 | SharePoint Server 2016 Central Administration, 2019, Subscription Edition | SharePoint SE | SharePoint Server SE
  SharePoint Foundation | was Windows SharePoint Services | abbr WSS | SharePoint Services
    + 2010, 2013
    Windows SharePoint Services 2.0
    Windows SharePoint Services 3.0 | SharePoint Services 3.0
  SharePoint Hybrid
  SharePoint Designer
    + 2007, 2010, 2013
  SharePoint Workspace | was Groove | SharePoint Workspace 2010 | Office Groove 2007
  SharePoint Framework | abbr SPFx
  SharePoint Migration Tool | abbr SPMT
  FAST Search Server | FAST Search Server 2010 for SharePoint
  Workflow Manager | Workflow Manager 1.0 | SharePoint Workflow Manager
  OneDrive | Microsoft OneDrive | was SkyDrive :: Files that synchronise with the cloud
    OneDrive for Business | OneDrive for work or school | abbr OD4B | was SkyDrive Pro
    OneDrive sync app | OneDrive sync client | was Groove.exe | Files On-Demand
`;

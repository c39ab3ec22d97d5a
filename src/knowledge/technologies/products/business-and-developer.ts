/** Power Platform, Dynamics and the tools of developers. */
export const businessAndDeveloperOutline = `
Power Platform | Microsoft Power Platform :: Apps, flows, reports and data without much code
  Power Apps | PowerApps | Microsoft Power Apps
  Power Automate | was Microsoft Flow | Microsoft Power Automate | Power Automate Desktop
  Power BI | Power BI for Microsoft 365 | was Power BI for Office 365 | Power BI service | Power BI Desktop
  Power Pages | was Power Apps portals
  Dataverse | Microsoft Dataverse | was Common Data Service | abbr CDS
  AI Builder
  On-premises data gateway
Microsoft Fabric
Dynamics 365 | Microsoft Dynamics 365 | abbr D365 :: Business applications
  Dynamics 365 Sales | was Dynamics CRM Online | CRM Online via Office 365 E Plans | Dynamics CRM Online
  Dynamics 365 Customer Service
  Dynamics 365 Customer Insights | was Dynamics 365 Marketing
  Dynamics 365 Field Service
  Dynamics 365 Finance | Dynamics 365 Finance and Operations | was Dynamics 365 for Operations
  Dynamics 365 Supply Chain Management
  Dynamics 365 Commerce
  Dynamics 365 Human Resources
  Dynamics 365 Project Operations
  Dynamics 365 Business Central | was Dynamics NAV | Business Central | was Navision
Dynamics CRM | Microsoft Dynamics CRM
  + 4.0, 2011, 2013, 2015, 2016
Dynamics AX | Microsoft Dynamics AX | was Axapta
  + 4.0, 2009, 2012
Dynamics GP | Microsoft Dynamics GP | was Great Plains
Dynamics SL | Microsoft Dynamics SL
Microsoft FRx | Management Reporter
Visual Studio | Microsoft Visual Studio
  + 2005, 2008, 2010, 2012, 2013, 2015, 2017, 2019, 2022, 2026
  Visual Studio for Mac
  Visual Studio App Center | App Center
Visual Studio Code | VS Code | VSCode
Visual C++ | Microsoft Visual C++ | Visual C++ Redistributable | Microsoft Visual C++ Redistributable
Visual Basic | Microsoft Visual Basic | abbr VB6
.NET | Microsoft .NET | was .NET Core | dotnet
  .NET Framework | Microsoft .NET Framework
    + 1.1, 2.0, 3.0, 3.5, 4, 4.5, 4.6, 4.7, 4.8
  + 5, 6, 7, 8, 9, 10
  ASP.NET Core
  ASP.NET | Microsoft ASP.NET
  Entity Framework
  Blazor
  .NET MAUI | was Xamarin
PowerShell | Microsoft PowerShell | PowerShell 7 | PowerShell Core
GitHub
  GitHub Enterprise Server
  GitHub Actions
  GitHub Copilot
Microsoft SQL Server Data Tools | abbr SSDT
Silverlight | Microsoft Silverlight
Microsoft Advertising | was Bing Ads
`;

/** Databases and the management of data centres. */
export const serversOutline = `
SQL Server | Microsoft SQL Server | MS SQL | MSSQL :: Microsoft's relational database
  SQL Server 2025 | SQL Server 2025 on Windows | SQL Server 2025 on Linux
  SQL Server 2022 | SQL Server 2022 on Windows | SQL Server 2022 on Linux
  SQL Server 2019 | SQL Server 2019 on Windows | SQL Server 2019 on Linux
  SQL Server 2017 | SQL Server 2017 on Windows | SQL Server 2017 on Linux
  SQL Server 2016
  SQL Server 2014
  SQL Server 2012
  SQL Server 2008 R2
  SQL Server 2008
  SQL Server 2005
  SQL Server 2000
  SQL Server Express | LocalDB | was MSDE | SQL Server Express LocalDB
  SQL Server on Linux
  SQL Server Management Studio | abbr SSMS
  SQL Server Reporting Services | abbr SSRS | SQL Server 2012 Reporting Services | SQL Server 2014 Reporting Services | Power BI Report Server
  SQL Server Integration Services | abbr SSIS
  SQL Server Analysis Services | abbr SSAS
  SQL Server Agent
  SQL Server Always On | Always On availability groups | Availability Groups
  SQL Server Replication
  SQL Server Machine Learning Services
  SQL Server Drivers | ODBC Driver for SQL Server | OLE DB Driver for SQL Server | JDBC Driver for SQL Server | SQL Server Native Client | Microsoft.Data.SqlClient
System Center | Microsoft System Center
  Operations Manager | System Center Operations Manager | abbr SCOM
  Virtual Machine Manager | System Center Virtual Machine Manager | abbr SCVMM
  Data Protection Manager | System Center Data Protection Manager | abbr DPM | abbr SCDPM
  Orchestrator | System Center Orchestrator | abbr SCO
  Service Manager | System Center Service Manager | abbr SCSM
BizTalk Server | Microsoft BizTalk Server
Host Integration Server | abbr HIS
Microsoft Deployment Toolkit | abbr MDT | Windows Assessment and Deployment Kit | Windows ADK
Microsoft Desktop Optimization Pack | abbr MDOP | MBAM
Advanced Group Policy Management | abbr AGPM
Surface | Microsoft Surface | Surface Pro | Surface Laptop
Microsoft HoloLens | HoloLens
Xbox
`;

/** Azure and its main services. */
export const azureOutline = `
Azure | Microsoft Azure | was Windows Azure :: Microsoft's cloud platform
  Azure Virtual Machines | Azure VM | Azure VMs | Virtual Machines
    Azure Linux Virtual Machines | Linux on Azure
    Azure Windows Virtual Machines
    Azure Virtual Machine Scale Sets | abbr VMSS | Virtual Machine Scale Sets
  Azure Virtual Desktop | was Windows Virtual Desktop | abbr AVD | abbr WVD
  Windows 365 | Windows 365 Cloud PC | Cloud PC
  Azure Cloud Services | Cloud Services (Web roles/Worker roles) | Cloud Services
  Azure App Service | Azure Web Apps | was Azure Websites | App Service
  Azure Functions
  Azure Logic Apps | Logic Apps
  Azure Kubernetes Service | abbr AKS | was Azure Container Service
  Azure Container Registry | abbr ACR
  Azure Container Apps
  Azure Container Instances | abbr ACI
  Azure Service Fabric | Service Fabric
  Azure Batch
  Azure Storage | Azure Storage Account
    Azure Blob Storage | Blob Storage
    Azure Files
    Azure File Sync
    Azure Data Lake Storage
    Azure Managed Disks | Azure Disk Storage
    Azure NetApp Files
  Azure Backup | Microsoft Azure Backup Server | abbr MABS | Recovery Services vault
  Azure Site Recovery | abbr ASR
  Azure Migrate
  Azure Networking | Azure Virtual Network | abbr VNet
    Azure VPN Gateway
    Azure ExpressRoute | ExpressRoute
    Azure Load Balancer
    Azure Application Gateway
    Azure Front Door
    Azure Firewall
    Azure DNS
    Azure Bastion
    Azure Private Link
    Azure CDN | Azure Content Delivery Network
    Azure Traffic Manager
  Azure SQL | Azure SQL Database | was SQL Azure
    Azure SQL Managed Instance
    SQL Server on Azure Virtual Machines
  Azure Cosmos DB | Cosmos DB | was DocumentDB
  Azure Database for PostgreSQL
  Azure Database for MySQL
  Azure Cache for Redis | Azure Managed Redis
  Azure Synapse Analytics | was Azure SQL Data Warehouse
  Azure Data Factory | abbr ADF
  Azure Databricks
  Azure HDInsight | HDInsight
  Azure Stream Analytics
  Azure Data Explorer | Kusto
  Azure Event Hubs | Event Hubs
  Azure Event Grid
  Azure Service Bus | Service Bus
  Azure API Management | abbr APIM
  Azure Key Vault | Key Vault
  Azure Monitor | Log Analytics | Application Insights | was Operations Management Suite
  Azure Automation
  Azure Arc
  Azure Policy
  Azure Resource Manager | abbr ARM templates | Bicep
  Azure Advisor
  Azure Cost Management | Azure Billing
  Azure Portal
  Azure CLI
  Azure PowerShell | Az PowerShell module
  Azure DevOps | was Visual Studio Team Services | was Visual Studio Online | abbr VSTS
    Azure Pipelines
    Azure Repos
    Azure Boards
    Azure Artifacts
    Azure DevOps Server | was Team Foundation Server | abbr TFS
  Azure AI | was Azure Cognitive Services | Azure AI Services | Azure AI Foundry
    Azure OpenAI | Azure OpenAI Service
    Azure AI Search | was Azure Cognitive Search | was Azure Search
    Azure AI Bot Service | Azure Bot Service
    Azure Machine Learning | was Azure Machine Learning Studio
  Azure IoT | Azure IoT Hub | Azure IoT Edge | Azure Sphere
  Azure SignalR Service
  Azure Communication Services
  Azure Stack Hub | Azure Stack Edge
  Azure VMware Solution | abbr AVS
  Azure Communications Gateway
`;

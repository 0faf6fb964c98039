@{
    RootModule           = 'JadaSnapshot.Cmdlets.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '17a93d81-57c0-40a5-b1c7-36e885facc8d'
    Author               = 'The JadaSnapshot authors'
    Copyright            = 'The JadaSnapshot authors'
    Description          = 'Takes a snapshot of a whole AWS estate in parallel, and proves it whole.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @(
        'Formats/Api.Format.ps1xml'
        'Formats/BucketInventory.Format.ps1xml'
        'Formats/BucketSyncResult.Format.ps1xml'
        'Formats/Certificate.Format.ps1xml'
        'Formats/Distribution.Format.ps1xml'
        'Formats/DistributionBehavior.Format.ps1xml'
        'Formats/DistributionOrigin.Format.ps1xml'
        'Formats/DynamoDbTable.Format.ps1xml'
        'Formats/EmailIdentity.Format.ps1xml'
        'Formats/HostedZone.Format.ps1xml'
        'Formats/InstanceSnapshot.Format.ps1xml'
        'Formats/LambdaFunction.Format.ps1xml'
        'Formats/LightsailInstance.Format.ps1xml'
        'Formats/LocalFileExport.Format.ps1xml'
        'Formats/LocalFileLeftOut.Format.ps1xml'
        'Formats/LocalRoot.Format.ps1xml'
        'Formats/ObjectChange.Format.ps1xml'
        'Formats/Problem.Format.ps1xml'
        'Formats/Resource.Format.ps1xml'
        'Formats/ResourceExport.Format.ps1xml'
        'Formats/ScriptProject.Format.ps1xml'
        'Formats/SecretValue.Format.ps1xml'
        'Formats/Snapshot.Format.ps1xml'
        'Formats/SnapshotLayer.Format.ps1xml'
        'Formats/SnapshotVerification.Format.ps1xml'
        'Formats/TableExport.Format.ps1xml'
        'Formats/VerificationFinding.Format.ps1xml'
    )
    CmdletsToExport      = @(
        'Export-JadaApi'
        'Export-JadaCertificate'
        'Export-JadaDistribution'
        'Export-JadaEmailIdentity'
        'Export-JadaHostedZone'
        'Export-JadaLambda'
        'Export-JadaLocalFile'
        'Export-JadaScriptProject'
        'Export-JadaTable'
        'Get-JadaApi'
        'Get-JadaBucketInventory'
        'Get-JadaCertificate'
        'Get-JadaDistribution'
        'Get-JadaEmailIdentity'
        'Get-JadaHostedZone'
        'Get-JadaInstance'
        'Get-JadaInventory'
        'Get-JadaLambda'
        'Get-JadaScriptProject'
        'Get-JadaSnapshot'
        'Get-JadaTable'
        'New-JadaInstanceSnapshot'
        'New-JadaSnapshot'
        'Sync-JadaBucket'
        'Test-JadaSnapshot'
        'Unprotect-JadaSecret'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    PrivateData          = @{
        PSData = @{
            Tags       = @('AWS', 'Snapshot', 'Backup', 'Recovery', 'S3', 'Lambda', 'CloudFront', 'Route53', 'DynamoDB', 'ACM', 'SES', 'PSEdition_Core', 'Linux', 'macOS', 'Windows')
            LicenseUri = 'https://www.apache.org/licenses/LICENSE-2.0'
        }
    }
}

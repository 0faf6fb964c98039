BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox
    $connection = $sandbox.Connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Get-JadaDistribution' {
    AfterEach { Clear-SandboxFault $sandbox }

    BeforeAll { $all = Get-JadaDistribution @connection }

    It 'shows every distribution with one call of CloudFront' {
        $null = Invoke-WebRequest "$($sandbox.Endpoint)/_sandbox/requests" -Method Delete
        Get-JadaDistribution @connection | Should -HaveCount 66
        (Get-SandboxCall $sandbox).Counts.'cloudfront:ListDistributions' | Should -Be 1
        (Get-SandboxCall $sandbox).Counts.PSObject.Properties.Name -match '^cloudfront:' | Should -HaveCount 1
    }

    It 'finds one by <By>' -ForEach @(
        @{ By = 'alias'; Of = { $args[0].Aliases[0] } }, @{ By = 'domain name'; Of = { $args[0].DomainName } }
        @{ By = 'id'; Of = { $args[0].DistributionId } }, @{ By = 'ARN'; Of = { $args[0].Arn } }
    ) {
        $one = $all | Where-Object { $_.Aliases -eq 'book.sailjada.com' }
        (Get-JadaDistribution (& $Of $one) @connection).DistributionId | Should -Be $one.DistributionId
    }

    It 'takes wildcards' {
        (Get-JadaDistribution api.* @connection).Aliases | Sort-Object | Should -Be 'api.queenofsandiego.com', 'api.sailjada.com', 'api.salejada.com'
    }

    It 'resolves origins' {
        $origins = ($all | Where-Object { $_.Aliases -eq 'book.sailjada.com' }).Origins
        $origins[0].Kind, $origins[0].Name | Should -Be 'Bucket', 'book.sailjada.com'
        $origins[1].Kind, $origins[1].Name, $origins[1].Path | Should -Be 'Api', 'a1b2c3d4e5', '/production'
        ($all | Where-Object { $_.Aliases -eq 'sailjada.com' }).Origins[0].Kind | Should -Be 'BucketWebsite'
    }

    It 'tells production from staging, with the reason' {
        ($all | Where-Object Environment -eq Staging) | Should -HaveCount 33
        $staging = $all | Where-Object { $_.Aliases -eq 'staging.sailjada.com' }
        $staging.EnvironmentReason | Should -Be 'its alias is staging.sailjada.com'
        $staging.Origins[0].EnvironmentReason | Should -Be 'its name begins with staging.'
    }

    It 'shows the staging distribution that reads from production' {
        $wrong = $all | Where-Object { $_.Environment -eq 'Staging' -and $_.Origins.Environment -contains 'Production' }
        $wrong.Comment | Should -Contain 'staging: events.queenofsandiego.com'
    }

    It 'shows behaviors and what runs at the edge' {
        $sail = $all | Where-Object { $_.Aliases -eq 'sailjada.com' }
        $sail.Behaviors.PathPattern | Should -Be '/img/*', '*'
        $sail.LambdaFunctionArns | Should -HaveCount 2
        ($all | Where-Object { $_.Aliases -eq 'book.sailjada.com' }).FunctionArns | Should -BeLike '*:function/jada-index-rewrite'
    }

    It 'reads as a table and as a list' {
        $PSStyle.OutputRendering = 'PlainText'
        $table = ($all | Where-Object { $_.Aliases -eq 'api.sailjada.com' } | Out-String -Width 120).Trim() -split '\r?\n'
        $table[0] | Should -Match '^DistributionId +Name +Environment +Enabled +Changed +Origins'
        $table[2] | Should -Match '^E\w+ +api\.sailjada\.com +Production +True +\d{4}-\d\d-\d\d a1b2c3d4e5/production'
        ($all[0] | Format-List | Out-String) | Should -Match 'EnvironmentReason +: '
    }

    It 'takes an object of AWS.Tools by its Id' {
        ([pscustomobject]@{ Id = $all[0].DistributionId } | Get-JadaDistribution @connection).DistributionId | Should -Be $all[0].DistributionId
    }

    It 'says which name was not found, and which call was refused' {
        $null = Get-JadaDistribution nothing.example @connection -ErrorVariable missing -ErrorAction SilentlyContinue
        $missing[0].FullyQualifiedErrorId | Should -BeLike '*NotFound*'
        Add-SandboxFault $sandbox 'service=cloudfront,operation=ListDistributions,kind=deny'
        Get-JadaDistribution @connection -ErrorVariable denied -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $denied[0].CategoryInfo.Category | Should -Be PermissionDenied
    }
}

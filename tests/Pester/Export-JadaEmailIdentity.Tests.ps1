BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox
    $connection = $sandbox.Connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Export-JadaEmailIdentity' {
    AfterEach { Clear-SandboxFault $sandbox }

    It 'writes an identity with its notifications, and the configuration set that it names' {
        $exports = Export-JadaEmailIdentity sailjada.com "$TestDrive/one" @connection
        $exports.Name | Should -Be 'sailjada.com', 'jada-transactional'
        $exports.IsComplete | Should -Not -Contain $false
        (Get-ChildItem $exports[0].Path).Name | Sort-Object | Should -Be 'identity.json', 'notifications.xml', 'SHA256SUMS'
        Get-Content -Raw "$($exports[0].Path)/notifications.xml" | Should -Match 'mail-bounces'
        (Get-Content -Raw "$($exports[1].Path)/event-destinations.json" | ConvertFrom-Json).EventDestinations.Name | Should -Be 'bounces', 'metrics'
    }

    It 'writes the rest of SES on request, whatever identities are named' {
        $exports = Export-JadaEmailIdentity captain@sailjada.com "$TestDrive/all" -IncludeAccount @connection
        ($exports | Group-Object Kind | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" }) -join ', ' |
            Should -Be 'account 2, configuration-set 2, contact-list 1, identity 1, receipt-rule-set 2, template 4, verification-template 1'
        "$TestDrive/all/aws-configs/ses/us-west-2/templates/booking-confirmation/template.json" | Should -Exist
        Get-Content -Raw "$TestDrive/all/aws-configs/ses/us-west-2/account/active-receipt-rule-set.xml" | Should -Match '<Name>jada-inbound</Name>'
    }

    It 'writes nothing with -WhatIf' {
        Export-JadaEmailIdentity -Destination "$TestDrive/nothing" -WhatIf @connection | Should -BeNullOrEmpty
        "$TestDrive/nothing" | Should -Not -Exist
    }

    It 'says what it could not have' {
        Add-SandboxFault $sandbox 'service=ses,operation=GetIdentityNotificationAttributes,kind=deny'
        $export = Export-JadaEmailIdentity salejada.com "$TestDrive/denied" @connection -ErrorVariable problems -ErrorAction SilentlyContinue | Where-Object Kind -eq identity
        $export.IsComplete | Should -BeFalse
        $problems[0].TargetObject.Operation | Should -Be 'GetIdentityNotificationAttributes'
    }
}

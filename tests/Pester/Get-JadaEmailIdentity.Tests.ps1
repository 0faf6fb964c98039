BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox
    $connection = $sandbox.Connection
    $all = Get-JadaEmailIdentity @connection
}

AfterAll { Stop-Sandbox $sandbox }

Describe 'Get-JadaEmailIdentity' {
    AfterEach { Clear-SandboxFault $sandbox }

    It 'tells of every domain and address' {
        $all | Should -HaveCount 5
        $all | Should -BeOfType JadaSnapshot.EmailIdentity
        ($all | Where-Object IdentityType -eq DOMAIN).IdentityName | Sort-Object | Should -Be 'queenofsandiego.com', 'sailjada.com', 'salejada.com'
        ($all | Where-Object { -not $_.IsVerified }).IdentityName | Should -Be 'office+sails@harborcam.example'
    }

    It 'tells how its mail is signed and where it says that it comes from' {
        $sail = $all | Where-Object IdentityName -eq sailjada.com
        $sail.DkimStatus | Should -Be 'SUCCESS'
        $sail.DkimTokens | Should -HaveCount 3
        $sail.MailFromDomain | Should -Be 'mail.sailjada.com'
        $sail.ConfigurationSetName | Should -Be 'jada-transactional'
        $sail.Tags['site'] | Should -Be 'sailjada.com'
    }

    It 'chooses by name, with wildcards, and takes objects of AWS.Tools' {
        (Get-JadaEmailIdentity '*@*' @connection).IdentityName | Should -HaveCount 2
        ([pscustomobject]@{ IdentityName = 'salejada.com'; IdentityType = 'DOMAIN' } | Get-JadaEmailIdentity @connection).IdentityName | Should -Be 'salejada.com'
        $all[0] | Get-JadaEmailIdentity @connection | ForEach-Object IdentityName | Should -Be $all[0].IdentityName
    }

    It 'writes an error for one that is not there' {
        Get-JadaEmailIdentity nobody@nowhere.example @connection -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -Be 'NotFound,JadaSnapshot.Commands.Resources.GetJadaEmailIdentityCommand'
    }

    It 'goes on where one is denied' {
        Add-SandboxFault $sandbox 'service=sesv2,operation=GetEmailIdentity,times=1,kind=deny'
        $null = Get-JadaEmailIdentity @connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        $problems[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
    }

    It 'reads as a table in 80 columns' {
        $PSStyle.OutputRendering = 'PlainText'
        $table = ($all | Sort-Object IdentityName | Out-String -Width 80).Trim() -split '\r?\n'
        $table[0] | Should -Match '^IdentityName +Region +Verified Dkim +MailFromDomain'
        $table | Should -Contain 'sailjada.com                 us-west-2    yes      SUCCESS     mail.sailjada.com'
        foreach ($line in $table) { $line.Length | Should -BeLessOrEqual 80 }
    }
}

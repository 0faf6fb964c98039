BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $sandbox = Start-Sandbox --no-budgets
    $connection = $sandbox.Connection
    $folder = Join-Path ([IO.Path]::GetTempPath()) "jada-$(New-Guid)"
    $null = New-Item $folder -ItemType Directory

    $recipient = New-Recipient
    $public, $private, $store = 'recipient.cer', 'recipient.pfx', 'recipient.pem' | ForEach-Object { Join-Path $folder $_ }
    Set-Content $public $recipient.ExportCertificatePem()
    [IO.File]::WriteAllBytes($private, $recipient.Export('Pkcs12'))
    $rsa = [Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPrivateKey($recipient)
    Set-Content $store ($recipient.ExportCertificatePem() + "`n" + $rsa.ExportPkcs8PrivateKeyPem())
    $export = Export-JadaLambda booking-webhook (Join-Path $folder export) -ProtectTo $public @connection | Where-Object Kind -eq function
}

AfterAll {
    Stop-Sandbox $sandbox
    Remove-Item $folder -Recurse -Force -ErrorAction Ignore
}

Describe 'Unprotect-JadaSecret' {
    It 'opens what was sealed to a certificate, with the key as <Form>' -ForEach @(@{ Form = 'PFX' }, @{ Form = 'PEM' }, @{ Form = 'object' }) {
        $key = switch ($Form) { PFX { $private } PEM { $store } object { $recipient } }
        $secrets = Unprotect-JadaSecret $export.Path -Certificate $key -AsPlainText
        $stripe = $secrets | Where-Object { $_.Path -like '*/function.json' -and $_.Name -eq 'Configuration.Environment.Variables.STRIPE_SECRET_KEY' }
        $stripe.Value | Should -Match '^planted-'
        Get-Content $stripe.Path -Raw | Should -Match ([regex]::Escape($stripe.Fingerprint))
        Get-Content $stripe.Path -Raw | Should -Not -Match 'planted-'
    }

    It 'hands out SecureStrings unless plain text was asked for' {
        $secret = @(Unprotect-JadaSecret $export.Path -Certificate $private)[0]
        $secret.Value | Should -BeOfType securestring
        $secret | Out-String | Should -Not -Match planted
        $secret | ConvertTo-Json | Should -Not -Match planted
    }

    It 'is not needed: Unprotect-CmsMessage gives the document as Lambda sent it' {
        $document = Unprotect-CmsMessage -Path "$($export.Path)/function.json.cms" -To $private | ConvertFrom-Json
        $document.Configuration.Environment.Variables.STRIPE_SECRET_KEY | Should -Match '^planted-'
    }

    It 'opens what was sealed under a KMS key, wherever it is in a snapshot' {
        $snapshot = New-JadaSnapshot v1.0 (Join-Path $folder store) -Layer lambda -ProtectTo alias/jada-snapshots @connection
        $snapshot.Status | Should -Be Complete
        $secrets = $snapshot | Unprotect-JadaSecret -AsPlainText @connection
        $secrets.Value -match '^planted-' | Should -Not -BeNullOrEmpty
        Test-JadaSnapshot $snapshot.Path -Quiet | Should -BeTrue
        Select-String -Path (Get-ChildItem $snapshot.Path -Recurse -File) -Pattern 'planted-' -List | Should -BeNullOrEmpty
    }

    It 'says so where no key opens it' {
        Unprotect-JadaSecret $export.Path -Certificate (New-Recipient) -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -Be 'CannotBeOpened,JadaSnapshot.Commands.UnprotectJadaSecretCommand'
        $problem[0].TargetObject | Should -BeLike '*function.json.cms'
    }

    It 'says so where there is nothing' {
        Unprotect-JadaSecret (Join-Path $folder nowhere) -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
    }
}

Describe '-ProtectTo' {
    It 'takes the forms that Protect-CmsMessage takes: <Form>' -ForEach @(@{ Form = 'a certificate' }, @{ Form = 'PEM text' }, @{ Form = 'a recipient' }) {
        $to = switch ($Form) { 'a certificate' { $recipient } 'PEM text' { Get-Content $public -Raw } 'a recipient' { [Management.Automation.CmsMessageRecipient]::new($public) } }
        (Export-JadaLambda contact-form (Join-Path $folder "export-$($Form.Length)") -ProtectTo $to @connection).IsComplete | Should -BeTrue
    }

    It 'refuses a certificate that Unprotect-CmsMessage would not open with' {
        { Export-JadaLambda contact-form $folder -ProtectTo (New-Recipient '1.3.6.1.5.5.7.3.1') @connection -ErrorAction Stop } | Should -Throw -ErrorId 'RecipientUnfit,JadaSnapshot.Commands.Resources.ExportJadaLambdaCommand'
    }

    It 'refuses a file that is not there, and a key that KMS does not know' {
        { Export-JadaLambda contact-form $folder -ProtectTo ./none.cer @connection -ErrorAction Stop } | Should -Throw -ErrorId 'RecipientUnfit,*'
        { Export-JadaLambda contact-form $folder -ProtectTo alias/none @connection -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,*'
    }
}

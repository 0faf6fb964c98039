using JadaSnapshot.Sandbox.Hosting.Faults;

namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>A service beside AWS: its requests carry a token instead of a signature, so it knows them by their path and checks by itself who calls.</summary>
public interface ITokenService : ISandboxService
{
    /// <summary>Whether a request is meant for this service.</summary>
    bool Recognises(SandboxRequest request);

    /// <summary>Checks the token of a request.</summary>
    /// <exception cref="SandboxException">There is none, or it is not valid.</exception>
    void Admit(SandboxRequest request);

    /// <summary>What this service says when a fault makes it refuse; null for a fault that lets it answer first.</summary>
    SandboxException? RefusalOf(Fault fault);
}

using System.Net;
using System.Net.Sockets;

namespace ResNetGen.Distributed.Launching;

/// <summary>Where ranks of one machine can meet.</summary>
internal static class FreePort
{
    /// <summary>A port that nobody listens at. Rank 0 takes it a moment later; who is quicker has it, and rank 0 says so.</summary>
    public static int Find()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

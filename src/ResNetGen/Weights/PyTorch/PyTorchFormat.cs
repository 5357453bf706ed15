namespace ResNetGen.Weights.PyTorch;

/// <summary>Tells PyTorch's formats from each other and from everything else by their first bytes.</summary>
internal static class PyTorchFormat
{
    private const int TarMagicAt = 257;

    /// <summary>Whether the file is a zip archive (since PyTorch 1.6) rather than a row of pickles; leaves the stream at its beginning.</summary>
    /// <exception cref="PickleException">It is neither.</exception>
    public static bool IsZip(Stream stream, string path)
    {
        Span<byte> start = stackalloc byte[TarMagicAt + 5];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (start.StartsWith("PK\u0003\u0004"u8))
            return true;
        if (start.Length > 1 && start[0] == (byte)PickleCode.Protocol)
            return false;
        if (start.Length > TarMagicAt && start[TarMagicAt..].SequenceEqual("ustar"u8))
            throw new PickleException($"{path} is a tar archive, the format of PyTorch before 0.1.10: expected a zip archive or a pickle. Load it in PyTorch and write it again with torch.save(model.state_dict(), \"weights.pth\").");

        throw new PickleException(
            $"{path} is no file of PyTorch: expected a zip archive or a pickle, found {(start.IsEmpty ? "an empty file" : $"a file that begins with the bytes {Convert.ToHexStringLower(start[..Math.Min(4, start.Length)])}")}. "
            + "Check that it is the file itself, and not a page or a pointer in its place.");
    }
}

using System.Text;

namespace ResNetGen.Data;

/// <summary>A million names in one block of memory: as objects of their own they would take several times as much.</summary>
internal sealed class NameTable
{
    private byte[] bytes = new byte[1 << 12];
    private readonly List<int> ends = [];

    public int Count => ends.Count;

    public string this[int index]
    {
        get
        {
            int start = index == 0 ? 0 : ends[index - 1];
            return Encoding.UTF8.GetString(bytes, start, ends[index] - start);
        }
    }

    public void Add(string name)
    {
        int start = ends.Count == 0 ? 0 : ends[^1];
        int most = Encoding.UTF8.GetMaxByteCount(name.Length);
        if (bytes.Length - start < most) Array.Resize(ref bytes, checked(Math.Max(bytes.Length * 2, start + most)));
        ends.Add(start + Encoding.UTF8.GetBytes(name, bytes.AsSpan(start)));
    }
}

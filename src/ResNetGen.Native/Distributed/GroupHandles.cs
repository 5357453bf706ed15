using System.Runtime.InteropServices;

namespace ResNetGen.Native;

/// <summary>A group's native half. Counted, so that one thread may dispose or abort the group while another waits in it.</summary>
internal sealed class GroupHandle() : SafeHandle(IntPtr.Zero, ownsHandle: true)
{
    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        NativeMethods.rn_group_free(handle);
        return true;
    }
}

/// <summary>An operation under way.</summary>
internal sealed class WorkHandle() : SafeHandle(IntPtr.Zero, ownsHandle: true)
{
    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        NativeMethods.rn_work_free(handle);
        return true;
    }
}

/// <summary>Buckets and their hooks.</summary>
internal sealed class BucketsHandle() : SafeHandle(IntPtr.Zero, ownsHandle: true)
{
    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        NativeMethods.rn_buckets_free(handle);
        return true;
    }
}

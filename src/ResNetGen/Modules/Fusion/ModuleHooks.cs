using System.Runtime.CompilerServices;
using TorchSharp;

namespace ResNetGen.Modules;

/// <summary>
/// Whether anybody listens to a module. An operation that does a module's work without calling it may run only where nobody does.
/// </summary>
internal static class ModuleHooks
{
    /// <summary>Whether a hook of any kind is registered on the module itself.</summary>
    public static bool Any(torch.nn.Module<torch.Tensor, torch.Tensor> module) => Fields<
        Func<torch.nn.Module<torch.Tensor, torch.Tensor>, torch.Tensor, torch.Tensor>,
        Func<torch.nn.Module<torch.Tensor, torch.Tensor>, torch.Tensor, torch.Tensor, torch.Tensor>>.Any(module);

    // The fields are protected, and every network asks at every step: so neither reflection nor a list of our own.
    private static class Fields<TBefore, TAfter>
    {
        public static bool Any(torch.nn.HookableModule<TBefore, TAfter> module) =>
            Before(module).Count > 0 || After(module).Count > 0 || ModuleBefore(module).Count > 0 || ModuleAfter(module).Count > 0;

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "pre_hooks")]
        private static extern ref Dictionary<string, TBefore> Before(torch.nn.HookableModule<TBefore, TAfter> module);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "post_hooks")]
        private static extern ref Dictionary<string, TAfter> After(torch.nn.HookableModule<TBefore, TAfter> module);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "module_pre_hooks")]
        private static extern ref Dictionary<string, Action<torch.nn.Module>> ModuleBefore(torch.nn.HookableModule<TBefore, TAfter> module);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "module_post_hooks")]
        private static extern ref Dictionary<string, Action<torch.nn.Module>> ModuleAfter(torch.nn.HookableModule<TBefore, TAfter> module);
    }
}

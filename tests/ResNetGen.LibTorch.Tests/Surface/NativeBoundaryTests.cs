using System.Reflection;

namespace ResNetGen.LibTorch.Tests.Surface;

/// <summary>
/// A C++ exception that leaves an extern "C" function ends the process. Every exported function therefore does its work
/// inside a guard that catches, or is declared noexcept because it cannot throw.
/// </summary>
public sealed class NativeBoundaryTests
{
    private static readonly string Root =
        typeof(NativeBoundaryTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "RepositoryRoot").Value!;

    [Theory]
    [InlineData("src/ResNetGen.LibTorch/native", 200)]
    [InlineData("src/ResNetGen.Native/native", 10)]
    public void No_exception_leaves_an_exported_function(string folder, int atLeast)
    {
        var files = Directory.GetFiles(Path.Combine(Root, folder)).Where(file => Path.GetExtension(file) is ".cpp" or ".h").Order(StringComparer.Ordinal);
        var sources = files.Select(file => (Name: Path.GetFileName(file), Text: File.ReadAllText(file))).ToArray();
        Assert.All(sources, source => Assert.False(NativeSource.ExportsOtherwise(source.Text), $"{source.Name} exports a function without the macro."));

        var exports = sources.SelectMany(source => NativeSource.Exports(source.Text).Select(export => (File: source.Name, Export: export))).ToArray();
        Assert.True(exports.Length >= atLeast, $"Only {exports.Length} exported functions were found in {folder}.");
        Assert.Equal(sources.Sum(source => source.Text.Split(["RT_API ", "RN_EXPORT "], StringSplitOptions.None).Length - 1) - 1, exports.Length);

        var open = exports.Where(each => !each.Export.IsGuarded).Select(each => $"{each.File}: {each.Export.Name}").ToArray();
        Assert.True(open.Length == 0, $"{open.Length} exported functions let exceptions out; use rt::tensor, rt::status or guarded:\n{string.Join('\n', open)}");
    }

    [Theory]
    [InlineData("RT_API int rt_a(T self) { return rt::status([&] { self->a(); }); }", true)]
    [InlineData("RT_API T* rt_a(T self) {\n    return rt::tensor([&] { return f({1, 2}, \")}\"); });\n}", true)]
    [InlineData("RT_API int32_t rt_a() {\n    int32_t result = 0;\n    rt::status([&] { result = f(); });\n    return result;\n}", true)]
    [InlineData("RN_EXPORT int32_t rn_a() { return guarded<int32_t>(1, [&] { return f(); }); }", true)]
    [InlineData("RN_EXPORT T* rn_a() { return guarded<at::Tensor*>(nullptr, [&] { return f(); }); }", true)]
    [InlineData("RT_API int64_t rt_a(T self) noexcept { return self->a(); }", true)]
    [InlineData("RT_API int64_t rt_a(T self) { return self->a(); }", false)]
    [InlineData("RT_API int64_t rt_a(T self) { /* rt::status() */ return self->a(); } // noexcept", false)]
    [InlineData("RT_API int rt_a(T self) { auto n = self->a(); return rt::status([&] { use(n); }); }", false)]
    [InlineData("RT_API int rt_a(T self) { int s = rt::status([&] { f(); }); return s + g(); }", false)]
    [InlineData("#define M(name) \\\n    RT_API int rt_##name##_(T self) { \\\n        return self->name(); \\\n    }", false)]
    [InlineData("RN_EXPORT T* rn_a() { return new T; }", false)]
    public void The_rule_tells_guarded_from_open(string source, bool guarded)
        => Assert.Equal(guarded, Assert.Single(NativeSource.Exports(source)).IsGuarded);
}

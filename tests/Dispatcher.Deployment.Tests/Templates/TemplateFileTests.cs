using Dispatcher.Deployment.Templates;

namespace Dispatcher.Deployment.Tests.Templates;

/// <summary>Finds and reads templates in a directory of a test.</summary>
public sealed class TemplateFileTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("templates-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("serverless.template")]
    [TestCase("template.yaml")]
    [TestCase("template.yml")]
    [TestCase("template.json")]
    public void Find_Directory_FindsTheKnownNames(string name)
    {
        Write(name, "Resources:\n");

        Assert.That(TemplateFile.Find(_folder), Is.EqualTo(Path.Combine(_folder, name)));
    }

    [Test]
    public void Find_SeveralNames_PrefersTheOneOfDotNet()
    {
        Write("template.yaml", "Resources:\n");
        Write("serverless.template", "{}");

        Assert.That(TemplateFile.Find(_folder), Does.EndWith("serverless.template"));
    }

    [Test]
    public void Find_FileOfAnotherToolWithSuchAName_IsNoTemplate()
    {
        Write("template.json", """{"identity":"Acme.Template"}""");
        Write("template.yml", "Resources:\n");

        Assert.That(TemplateFile.Find(_folder), Does.EndWith("template.yml"));
    }

    [Test]
    public void Find_DirectoryWithoutTemplate_NamesTheNamesAndForms() =>
        Assert.That(
            () => TemplateFile.Find(_folder),
            Throws.TypeOf<InvalidSourceException>().With.Message.EqualTo(
                $"The directory '{_folder}' has no serverless.template, template.yaml, template.yml or template.json. "
                + "Name the file of a template in JSON or YAML."));

    [Test]
    public void Read_DirectoryOrNothing_NamesBothForms()
    {
        Assert.That(() => TemplateFile.Read(_folder), Throws.TypeOf<InvalidSourceException>().With.Message.Contains("JSON or YAML"));
        Assert.That(() => TemplateFile.Read(" "), Throws.TypeOf<InvalidSourceException>().With.Message.Contains("JSON or YAML"));
    }

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);
}

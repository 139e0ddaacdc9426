import static javax.xml.xpath.XPathConstants.NODESET;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Checks that a version's folder in a repository holds what Maven Central asks of a release. */
final class Publishable {

  private static final List<String> ELEMENTS =
      List.of(
          "groupId",
          "artifactId",
          "version",
          "name",
          "description",
          "url",
          "licenses/license/name",
          "licenses/license/url",
          "developers/developer/name",
          "developers/developer/url",
          "scm/connection",
          "scm/developerConnection",
          "scm/url");

  private static final List<String> FILES =
      List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.xml", "-cyclonedx.json");

  private Publishable() {}

  /** Takes the folder of a version; prints what is missing and ends with 1 if anything is. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Path pom;
    try (var files = Files.list(folder)) {
      pom = files.filter(file -> file.toString().endsWith(".pom")).findFirst().orElseThrow();
    }
    List<String> missing = new ArrayList<>(missingIn(pom));
    String base = pom.getFileName().toString().replaceAll("\\.pom$", "");
    for (String ending : FILES) {
      if (!Files.exists(folder.resolve(base + ending))) {
        missing.add("no " + base + ending);
      }
    }
    missing.forEach(System.out::println);
    System.out.println(base + ": " + (missing.isEmpty() ? "complete" : "incomplete"));
    System.exit(missing.isEmpty() ? 0 : 1);
  }

  private static List<String> missingIn(Path pom) throws Exception {
    Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
    XPath xpath = XPathFactory.newInstance().newXPath();
    List<String> missing = new ArrayList<>();
    for (String element : ELEMENTS) {
      if (xpath.evaluate("/project/" + element, document).isBlank()) {
        missing.add("no <" + element.replace("/", "><") + ">");
      }
    }
    NodeList snapshots =
        (NodeList) xpath.evaluate("//*[not(*)][contains(., '-SNAPSHOT')]", document, NODESET);
    for (int i = 0; i < snapshots.getLength(); i++) {
      missing.add("SNAPSHOT in <" + snapshots.item(i).getNodeName() + ">");
    }
    if (!xpath.evaluate("/project/parent | /project/repositories", document).isBlank()) {
      missing.add("a parent or repositories of its own, which a consumer would have to reach");
    }
    return missing;
  }
}

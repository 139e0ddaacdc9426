package dev.socketlab.atlas.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.util.ServerInfo;

/** Tomcat, embedded, with one servlet. */
public final class Tomcat {

  private Tomcat() {}

  /** Serves on the port that it is given. */
  public static void main(String[] arguments) throws IOException, LifecycleException {
    var tomcat = new org.apache.catalina.startup.Tomcat();
    tomcat.setBaseDir(Path.of("target", "tomcat").toAbsolutePath().toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(Integer.parseInt(arguments[0]));
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    org.apache.catalina.startup.Tomcat.addServlet(context, "hello", new Hello());
    context.addServletMappingDecoded("/*", "hello");
    tomcat.start();
    System.out.println("version " + ServerInfo.getServerNumber());
  }

  private static final class Hello extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentLength(6);
      response.getOutputStream().write("hello\n".getBytes(US_ASCII));
    }
  }
}

package dev.socketlab.atlas.server;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Spring Boot with what it embeds by default, Tomcat. */
@EnableAutoConfiguration
@RestController
public class SpringBoot {

  /** Serves on the port that it is given. */
  public static void main(String[] arguments) {
    SpringApplication application = new SpringApplication(SpringBoot.class);
    application.setDefaultProperties(
        Map.of("server.address", "127.0.0.1", "server.port", arguments[0]));
    application.run();
  }

  @GetMapping("/")
  String hello() {
    return "hello\n";
  }
}

package dev.socketlab.card;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Accepts that a server breaks a law. The card shows the finding and the reason as a note, and the
 * build stays green; when the law holds one day, the build is red until this is deleted.
 *
 * {@snippet :
 * @Accept(law = Law.CLOSE_02, because = "the protocol forbids it, section 4.2")
 * class ShopCard extends SocketCard {
 *   @Override
 *   protected SubjectPlan server(Lab lab) {
 *     return lab.java(ShopMain.class, "{port}");
 *   }
 *
 *   @Override
 *   protected Operation operation() {
 *     return Operation.line("status");
 *   }
 * }
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.2")
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Accept.List.class)
public @interface Accept {
  /**
   * The law.
   *
   * @return one that the server breaks
   */
  Law law();

  /**
   * Why that is right, or cannot be helped.
   *
   * @return a reason, not empty
   */
  String because();

  /** Several of them. */
  @Documented
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @interface List {
    /**
     * The acceptances.
     *
     * @return one for each law
     */
    Accept[] value();
  }
}

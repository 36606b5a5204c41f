import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ViewerSource } from '../../platform/access/viewer.js';
import { Sealing } from '../../platform/sealing.js';
import { Cookies } from './cookies.js';
import { IdentityHandlers } from './identity.handlers.js';
import { IdentityResolver } from './identity.resolver.js';
import { Person } from './person.entity.js';
import { PersonResolver } from './person.resolver.js';
import { ProfileService } from './profile.service.js';
import { Session } from './session.entity.js';
import { Sessions } from './sessions.js';
import { SignInCode } from './sign-in-code.entity.js';
import { SignInService } from './sign-in.service.js';

/** People, sign-in, sessions, roles. Global because the platform asks it who the viewer is. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Person, Session, SignInCode])],
  providers: [
    Cookies,
    Sealing,
    Sessions,
    { provide: ViewerSource, useExisting: Sessions },
    SignInService,
    ProfileService,
    IdentityHandlers,
    IdentityResolver,
    PersonResolver,
  ],
  exports: [ViewerSource, Sealing],
})
export class IdentityModule {}
